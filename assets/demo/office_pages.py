"""The organisers' pages of the demo: a way in from outside, and pictures by Chromium.

    office_pages.py ADDRESS NAME PASSWORD FOLDER

writes now-fr.png … wall-zh.png to FOLDER; ends with status 3 where no Chromium is there."""
import os, socket, sys, threading

PAGES = {"now": (1440, 900), "delegations": (1440, 900), "wall": (1920, 1080)}
LANGUAGES = ("fr", "zh")
NO_BROWSER = 3


class Way:
    """Leads from a port of this machine to one inside the namespaces of the demo. A socket stays in
    the network in which it was made: make a Way before venue.enter(), open it after."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def open(self, inside):
        """Leads to port @inside from now on."""
        threading.Thread(target=self._accept, args=(inside,), daemon=True).start()

    def _accept(self, inside):
        while True:
            outer, _ = self.listener.accept()
            try:
                inner = socket.create_connection(("127.0.0.1", inside))
            except OSError:  # the hub is being started anew: the browser tries again
                outer.close()
                continue
            for ends in ((outer, inner), (inner, outer)):
                threading.Thread(target=self._carry, args=ends, daemon=True).start()

    @staticmethod
    def _carry(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:  # one side has gone: so does the other
            for end in (source, target):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


def browser():
    """A Chromium without a window, or None."""
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        return None
    if not os.path.exists("/usr/bin/chromium") or not os.path.exists("/usr/bin/chromedriver"):
        return None
    options = webdriver.ChromeOptions()
    for word in ("headless=new", "no-sandbox", "ignore-certificate-errors", "hide-scrollbars"):
        options.add_argument("--" + word)
    options.add_argument("--disable-dev-shm-usage")
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


def take(who, address, name, password, folder):
    who.get(address + "/signin")
    for field, text in (("name", name), ("password", password)):
        who.find_element("name", field).send_keys(text)
    who.find_element("css selector", "button.go").click()
    who.find_element("css selector", "nav.tabs")  # signed in, or this fails
    for page, (width, height) in PAGES.items():
        who.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        for language in LANGUAGES:
            who.get(f"{address}/language/{language}?next=/{page}")
            who.save_screenshot(os.path.join(folder, f"{page}-{language}.png"))


def main():
    who = browser()
    if who is None:
        return NO_BROWSER
    try:
        who.implicitly_wait(10)
        take(who, *sys.argv[1:])
    finally:
        who.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
