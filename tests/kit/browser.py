"""Chromium, driven by selenium, that looks at the organisers' pages."""
import os
import sys

try:
    from selenium import webdriver
except ImportError:
    # Debian's python3-selenium belongs to Debian's Python.
    if sys.executable == "/usr/bin/python3":
        raise
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from .office import PASSWORD, code_of
from .wait import wait_for

OPEN = []


def address(office, path):
    return f"https://127.0.0.1:{office.web}/{path}"


def start():
    """A browser of nobody."""
    options = webdriver.ChromeOptions()
    for word in ("headless=new", "no-sandbox", "ignore-certificate-errors", "hide-scrollbars"):
        options.add_argument("--" + word)
    options.add_argument("--disable-dev-shm-usage")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    made = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    OPEN.append(made)
    return made


def sign_in(office, role, secret=""):
    """One that is signed in."""
    made = start()
    made.get(address(office, "signin"))
    made.find_element(By.NAME, "name").send_keys(role)
    made.find_element(By.NAME, "password").send_keys(PASSWORD)
    made.find_element(By.NAME, "code").send_keys(code_of(secret) if secret else "")
    made.find_element(By.CSS_SELECTOR, "button.go").click()
    wait_for(lambda: made.current_url.endswith("/now"), "the sign-in")
    return made


def size(who, width, height):
    who.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500},
    )


def quit_all():
    for made in OPEN:
        made.quit()
