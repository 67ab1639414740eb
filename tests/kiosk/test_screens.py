#!/usr/bin/python3
"""Every screen of the kiosk, as a delegate and as a volunteer, in both orientations: driven through
its accessibility tree and by codes, compared as pictures. TAP."""
import json
import sqlite3
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.kiosk import Kiosk, Replica, accueil, dial, facts, wait_for
from kit.tap import expect, main

SIZES = {"portrait": (540, 960), "landscape": (960, 540)}


# What a station's settings say of where to go.
PLACES = """[screen]
where-fr = Bureau d’accueil, hall nord
where-zh = 接待处，北厅
where-arrow = right
badge-fr = Les badges sortent ici
badge-zh = 请在此领取胸卡
badge-arrow = below
"""


def delegate(size):
    replica = Replica("delegate-%dx%d" % size)
    with Kiosk(replica, *size, settings=PLACES) as kiosk:
        kiosk.wait("Présentez votre code QR", "请出示您的二维码")
        kiosk.looks("attract")
        kiosk.scan("CN-0063")
        kiosk.wait("欧阳芳", "OUYANG Fang", "即将打印您的胸卡")
        kiosk.wait("Votre badge va être imprimé", "论坛", "Repas")
        kiosk.looks("welcome")
        expect(facts(replica, "badge-issued")[-1][0] == "CN-0063")
        # The next person comes while the first badge is still to be printed.
        kiosk.scan("FR-0004")
        kiosk.wait("另有 1 张胸卡正在打印")
        kiosk.touch("Terminé")
        kiosk.wait("请出示您的二维码")
        expect(not kiosk.shows("OUYANG"), "a name stays on the screen")
        kiosk.scan("CN-0063")
        kiosk.wait("您的胸卡正在制作", "Votre badge arrive")
        expect(not kiosk.shows("欧阳芳"), "a refused code tells whose it is")
        kiosk.looks("awaited")
        kiosk.scan("nonsense")
        kiosk.wait("此处无法识别该二维码", "Bureau d’accueil, hall nord")
        kiosk.looks("verdict")
        kiosk.touch("Appeler l’équipe")
        kiosk.wait("工作人员马上就到", "Un membre de l’équipe arrive")
        kiosk.looks("called")
        expect(
            wait_for(lambda: facts(replica, "call"), "the call as a fact")[0][1]["checkpoint"]
            == "entree-est"
        )
        kiosk.touch("返回")
        kiosk.touch("没有二维码")
        kiosk.wait("没有二维码？我们帮您查找")
        kiosk.looks("no-code")
        kiosk.touch("Vos données")  # what people are told is made from what this replica holds
        kiosk.wait("Courriel", "Adressez-vous à")
        expect(not kiosk.shows("Hôtel"), "nobody has told a hotel")
        kiosk.looks("your-data")
        kiosk.touch("其他语言 · English")
        kiosk.wait("您的数据：", "电子邮箱")
        kiosk.touch("Autre langue · English")
        kiosk.wait("Your data at", "numbers without names")
        kiosk.touch("返回")
        kiosk.touch("Grands caractères")
        kiosk.wait("标准字体")
        kiosk.looks("attract-large")


def quiet(size):
    replica = Replica("quiet-%dx%d" % size)
    person = json.loads(accueil(replica.db, "roster", "--json", "--search", "FR-0004"))[0]
    family = person["family"]
    with open(replica.db + ".csv", "w", encoding="utf-8") as sheet:
        sheet.write(f"Référence;Nom;Prénom;Protocole\nFR-0004;{family};{person['given']};oui\n")
    accueil(replica.db, "import", sheet.name, "--yes")
    with Kiosk(replica, *size) as kiosk:
        kiosk.scan("FR-0004")
        kiosk.wait("Un membre de l’équipe va vous accompagner", "工作人员将陪同您入场")
        expect(not kiosk.shows(family.upper()), "a quiet guest's name is on the screen")
        kiosk.looks("discreet")


def standstill(size):
    replica = Replica("standstill-%dx%d" % size)
    with Kiosk(replica, *size) as kiosk:
        kiosk.wait("请出示您的二维码")
        with sqlite3.connect(replica.db, isolation_level=None) as db:
            db.execute("BEGIN IMMEDIATE")
            kiosk.scan("FR-0004")
            kiosk.wait("请稍候", "Un instant")
            kiosk.looks("standstill")
            db.execute("ROLLBACK")
        # And goes on as if nothing had been.
        kiosk.scan("FR-0006")
        wait_for(
            lambda: any(subject == "FR-0006" for subject, _ in facts(replica, "passage")),
            "the next person's passage",
        )


def volunteer(size):
    replica = Replica("volunteer-%dx%d" % size)
    with Kiosk(replica, *size) as kiosk:
        kiosk.touch("没有二维码")
        kiosk.touch("接待处")
        kiosk.wait("请扫描您的胸卡")
        dial(kiosk, "10100000" if replica.pin != "10100000" else "10100001")
        kiosk.wait("号码不正确")
        kiosk.looks("pin")
        dial(kiosk, replica.pin)
        kiosk.wait("Li Na", "Inscription sur place")
        kiosk.write("Rechercher", "ouyang f")
        kiosk.wait("欧阳芳")
        kiosk.looks("search")
        kiosk.touch("欧阳芳")
        kiosk.wait("Aucun badge", "放行并打印")
        kiosk.touch("Faire entrer et imprimer")
        kiosk.wait("为何免码签到")
        kiosk.looks("reason")
        kiosk.touch("Téléphone vide")
        kiosk.wait("欢迎光临")
        wait_for(
            lambda: any(
                body.get("volunteer") == "Li Na" and body.get("reason") == "phone"
                for _, body in facts(replica, "passage")
            ),
            "the admission with the volunteer's name",
        )
        kiosk.wait("N° 1")
        kiosk.looks("person")
        kiosk.touch("Réimprimer le badge")
        kiosk.wait("为何重新打印胸卡")
        kiosk.touch("Perdu · 遗失")
        kiosk.wait("新胸卡正在打印", "N° 2")
        expect(facts(replica, "badge-issued")[-1][1]["serial"] == 2)
        expect(
            any(body["serial"] == 1 for _, body in facts(replica, "badge-void")),
            "the old badge is still good",
        )
        kiosk.touch("Corriger")
        kiosk.wait("更正胸卡")
        kiosk.looks("correct")
        kiosk.write("Prénom", "Fangfang")
        kiosk.touch("保存并重新打印")
        kiosk.wait("N° 3", "Fangfang")
        kiosk.touch("查找")
        kiosk.touch("现场登记")
        kiosk.wait("现场登记", "Catégorie")
        kiosk.looks("walk-in")
        kiosk.write("Nom de famille", "Nouvelle")
        kiosk.write("Prénom", "Venue")
        kiosk.touch("Catégorie")
        kiosk.touch("entreprise · 企业代表")
        kiosk.touch("Rencontres · 论坛")
        kiosk.touch("Voir le badge")
        kiosk.wait("NOUVELLE")
        kiosk.looks("draft", share=0.012)  # its code is another each time
        kiosk.touch("Inscrire, faire entrer, imprimer")
        kiosk.wait("NOUVELLE", "Venue", "Arrivée à")
        kiosk.touch("查找")
        kiosk.touch("Poste")
        kiosk.wait("中央服务器", "porte")
        kiosk.looks("station")
        kiosk.touch("中文在前")
        kiosk.touch("验证口")
        kiosk.touch("Hors service")
        kiosk.wait("本机暂停使用")
        kiosk.looks("closed")
        kiosk.touch("Bureau d’accueil")
        dial(kiosk, replica.pin)
        kiosk.touch("Poste")
        kiosk.touch("恢复使用")
        kiosk.touch("Quitter le bureau")
        kiosk.wait("请出示您的胸卡")
    # What was chosen on the screen is there after the next start.
    with Kiosk(replica, *size, checkpoint=None) as kiosk:
        kiosk.wait("请出示您的胸卡", "目前在场")


def gate(size):
    replica = Replica("gate-%dx%d" % size)
    with Kiosk(replica, *size, words=("--mode", "gate")) as kiosk:
        kiosk.wait("请出示您的胸卡")
        kiosk.looks("gate")
        kiosk.looks("gate-yes", cause=lambda: kiosk.scan("FR-0004"))
        kiosk.scan("nonsense")
        kiosk.wait("此处无法识别该二维码")
        kiosk.looks("gate-no")


def each(scenario, orientation):
    def test():
        scenario(SIZES[orientation])

    test.__name__ = f"{scenario.__name__} {orientation}"
    return test


if __name__ == "__main__":
    main(
        [
            each(scenario, orientation)
            for scenario in (delegate, quiet, standstill, volunteer, gate)
            for orientation in SIZES
        ]
    )
