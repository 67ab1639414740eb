#!/usr/bin/python3
"""The desk at work: one page a person with the touch that her state asks for, a delegation on
one page, somebody new in one act, rights with what changes shown first, what is taken back in time,
what only a leader may do. Driven through the accessibility tree. TAP."""
import sqlite3
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.kiosk import Kiosk, Replica, accueil, dial, enter_desk, facts, wait_for
from kit.run import pin_of, rows
from kit.tap import expect, main

GROUP = [f"DL-{i:02}" for i in range(1, 10)]
SIZE = (540, 960)
WHERE = """[screen]
where-fr = Bureau d’accueil, hall nord
where-zh = 接待处，北厅
where-arrow = right
"""


def delegation(replica, count=9):
    """A delegation of nine that nobody has met yet."""
    path = replica.db + "-delegation.csv"
    with open(path, "w", encoding="utf-8") as sheet:
        sheet.write("Référence;Civilité;Nom;Prénom;Organisme;Catégorie;Rencontres;")
        sheet.write("Jours;Repas\n")
        for i, reference in enumerate(GROUP[:count], 1):
            sheet.write(f"{reference};Mme;Kervella{'abcdefghi'[i - 1]};Anne;Ville de Brest;expert;")
            sheet.write("oui;26,27;oui\n")
    accueil(replica.db, "import", path, "--yes")


def open_person(kiosk, typed, name):
    kiosk.write("Rechercher", typed)
    kiosk.wait(name)
    kiosk.touch(name)
    kiosk.wait("Historique", "历史记录")


def one_touch_by_state():
    """let in and print; nothing while it prints; never “lost” for somebody who never came"""
    replica = Replica("state")
    with Kiosk(replica, *SIZE) as kiosk:
        enter_desk(kiosk)
        kiosk.scan("FR-0004")
        kiosk.wait("Pas encore là", "放行并打印")
        expect(not facts(replica, "passage"), "a scan at the desk has let her in")
        expect(not kiosk.is_sensitive("Imprimer le badge"), "a badge for somebody who never came")
        kiosk.picture("desk-person")
        kiosk.touch("Faire entrer et imprimer")
        kiosk.wait("Arrivée à 09:", "N° 1")
        passages = facts(replica, "passage")
        expect(len(passages) == 1 and passages[0][1]["verdict"] == "ADMITTED", passages)
        expect(passages[0][1]["volunteer"] == "Li Na", passages)
        # On its way: nothing to be touched leads.
        expect(kiosk.find("Faire entrer", "button") is None)


def delegation_at_once():
    """nine let in and printed by three touches, handed to the leader: a fact for each"""
    replica = Replica("delegation")
    delegation(replica)
    with Kiosk(replica, *SIZE) as kiosk:
        enter_desk(kiosk)
        open_person(kiosk, "kervellaa", "KERVELLAA")
        kiosk.touch("Délégation")
        kiosk.wait("0 / 9", "Faire entrer 9 personnes", "胸卡交给")
        kiosk.picture("desk-group")
        kiosk.touch("KERVELLAI")  # not here yet
        kiosk.touch("Faire entrer 8 personnes")
        kiosk.wait("8 / 9", "Arrivée à 09:")
        expect({subject for subject, _ in facts(replica, "passage")} == set(GROUP[:8]))
        expect({subject for subject, _ in facts(replica, "badge-issued")} == set(GROUP[:8]))
        handed = facts(replica, "handover")
        expect({subject for subject, _ in handed} == set(GROUP[:8]), handed)
        expect(all(body["to"] == "Anne KERVELLAA" for _, body in handed), handed)
        kiosk.touch("Retour")
        kiosk.wait("Badge pris par Anne KERVELLAA")


def somebody_new():
    """shown, registered, let in, printed; a namesake is a second touch and loses nothing"""
    replica = Replica("new")
    with Kiosk(replica, *SIZE) as kiosk:
        enter_desk(kiosk)
        for count in (1, 2):
            before = len(facts(replica, "registration"))
            kiosk.touch("Inscription sur place")
            kiosk.wait("Civilité", "国家")
            kiosk.write("Nom de famille", "Le Dantec")
            kiosk.write("Prénom", "Yann")
            kiosk.touch("Voir le badge")
            kiosk.wait("请选择日程中的参会类别")  # nothing is guessed
            kiosk.touch("Catégorie")
            kiosk.wait("企业代表", "贵宾")
            if count == 1:
                kiosk.picture("desk-choose")
            kiosk.touch("entreprise · 企业代表")
            kiosk.touch("Rencontres")
            kiosk.scan("FR-0004")
            kiosk.wait("请先完成或离开本页")
            kiosk.touch("Voir le badge")
            kiosk.wait("LE DANTEC", "现场登记")
            expect(len(facts(replica, "registration")) == before, "written before it was confirmed")
            kiosk.picture(f"desk-draft-{count}")
            if count == 2:
                kiosk.wait("Est-ce cette personne")
                kiosk.touch("Retour")
                kiosk.wait("Civilité")
                expect(kiosk.value("Prénom") == "Yann", "what was written is gone")
                kiosk.touch("Voir le badge")
                kiosk.touch("Une autre personne")
            else:
                kiosk.touch("Inscrire, faire entrer, imprimer")
            kiosk.wait("Arrivée à 09:", "N° 1")
            last = facts(replica, "passage")[-1]
            expect(last[0].endswith(f"-{count}") and last[1]["reason"] == "walk-in", last)
            expect(facts(replica, "badge-issued")[-1][0] == last[0])
            kiosk.touch("查找")


def other_rights():
    """what changes is shown before it is written; the new badge is printed with it"""
    replica = Replica("rights")
    with Kiosk(replica, *SIZE) as kiosk:
        enter_desk(kiosk)
        kiosk.scan("FR-0004")
        kiosk.touch("Faire entrer et imprimer")
        kiosk.wait("N° 1")
        kiosk.touch("Droits")
        kiosk.wait("报名内容", "Ateliers")
        kiosk.picture("desk-rights")
        kiosk.touch("Foire de l’Ouest")
        kiosk.touch("29 octobre")
        kiosk.touch("Retour")
        kiosk.wait("尚未保存")
        kiosk.touch("Voir ce qui change")
        kiosk.wait("变更内容", "Foire de l’Ouest · 29")
        kiosk.picture("desk-changes")
        kiosk.touch("Enregistrer et réimprimer")
        kiosk.wait("N° 2")
        body = facts(replica, "registration")[-1][1]
        expect("events" in body["corrected"] and "foire" in body["events"], body)
        expect(facts(replica, "badge-issued")[-1][1]["reason"] == "rights")


def taken_back():
    """a badge is made void after ten seconds, or not at all"""
    replica = Replica("undo")
    with Kiosk(replica, *SIZE) as kiosk:
        enter_desk(kiosk)
        kiosk.scan("FR-0004")
        kiosk.touch("Faire entrer et imprimer")
        kiosk.wait("N° 1")
        kiosk.touch("Annuler le badge")
        kiosk.touch("Perdu · 遗失")
        kiosk.wait("十秒内可撤销")
        kiosk.touch("Défaire")
        kiosk.wait("未作更改")
        expect(not facts(replica, "badge-void"))
        kiosk.touch("Annuler le badge")
        kiosk.touch("Perdu · 遗失")
        kiosk.wait("十秒内可撤销")
        kiosk.touch("查找")  # whoever goes on means it
        wait_for(lambda: facts(replica, "badge-void"), "the badge to be void")


def note_for_the_team():
    """seen at the desk, on no screen of a delegate; taken back by an empty one"""
    replica = Replica("note")
    with Kiosk(replica, *SIZE) as kiosk:
        enter_desk(kiosk)
        kiosk.scan("FR-0004")
        kiosk.wait("Pas encore là")
        kiosk.touch("Note")
        kiosk.wait("他人看不到")
        kiosk.write("Autre", "Allergie aux noix")
        kiosk.touch("Valider")
        kiosk.wait("Allergie aux noix", "仅工作人员可见")
        expect(facts(replica, "note")[-1][1]["text"] == "Allergie aux noix")
        kiosk.touch("Quitter le bureau")
        kiosk.wait("请出示您的二维码")
        kiosk.scan("FR-0004")
        kiosk.wait("即将打印您的胸卡")
        expect(not kiosk.shows("noix"), "the note is on a delegate's screen")


def leader_and_override():
    """mode and checkpoint ask for the leader; a refusal is set aside by who may, with a reason"""
    replica = Replica("leader")
    leader = pin_of(accueil(replica.db, "volunteer", "add", "Marie", "--leader", "--override"))
    with Kiosk(replica, *SIZE, now="2016-10-29T09:12:00+08:00") as kiosk:
        enter_desk(kiosk)
        kiosk.touch("Poste")
        kiosk.wait("中央服务器")
        kiosk.touch("验证口")
        kiosk.wait("Responsable de l’équipe")
        dial(kiosk, kiosk.replica.pin)
        kiosk.wait("这不是组长")
        dial(kiosk, leader)
        kiosk.wait("中央服务器", "Li Na")
        kiosk.touch("Quitter le bureau")
    with Kiosk(replica, *SIZE, now="2016-10-29T09:12:00+08:00", words=("--mode", "desk")) as kiosk:
        kiosk.wait("请扫描您的胸卡")
        kiosk.scan("FR-0004")
        kiosk.wait("请先输入您的编号")
        dial(kiosk, leader)
        kiosk.wait("Marie")
        kiosk.scan("FR-0004")
        kiosk.touch("Faire entrer")
        kiosk.touch("Faire entrer malgré tout")
        kiosk.wait("为何破例放行")
        kiosk.touch("Sur invitation")
        kiosk.wait("Arrivée à 09:")
        last = facts(replica, "passage")[-1][1]
        expect(last["override"] and last["volunteer"] == "Marie" and last["reason"], last)


def headset_never_back():
    """a second desk that hands one out takes none back"""
    replica = Replica("headset")
    with Kiosk(replica, *SIZE) as kiosk:
        enter_desk(kiosk)
        kiosk.scan("FR-0006")
        kiosk.touch("Remettre un casque")
        kiosk.wait("Reprendre le casque")
        expect([body["direction"] for _, body in facts(replica, "loan")] == ["out"])


def type_pinyin(kiosk, keys):
    """The letters of pinyin, each waited for beside the candidates."""
    for count in range(1, len(keys) + 1):
        kiosk.touch_key(keys[count - 1])
        wait_for(
            lambda: keys[:count] in kiosk.texts() and kiosk.shows("Autres caractères"),
            lambda: f"“{keys[:count]}” to be written; there is {kiosk.texts()}",
        )


def letters_that_are_missing():
    """Chinese by pinyin with surnames first, traditional on choice; letters with accents without
    holding a key; all erased at one touch; nothing of it left behind"""
    replica = Replica("letters")
    with Kiosk(replica, *SIZE) as kiosk:
        enter_desk(kiosk)
        kiosk.touch("Chinois en pinyin")
        kiosk.wait("Lettres latines")
        type_pinyin(kiosk, "ouyang")
        kiosk.wait("欧阳")
        kiosk.picture("desk-pinyin")
        expect(kiosk.value("Rechercher") == "", "letters of pinyin in the field")
        kiosk.touch_key("欧阳")
        kiosk.wait("欧阳芳", "尚未到场")  # found by what was written
        expect(kiosk.value("Rechercher") == "欧阳", kiosk.value("Rechercher"))
        kiosk.touch("Vider")
        kiosk.wait("Tapez le début")
        kiosk.touch("Caractères traditionnels")
        type_pinyin(kiosk, "zhang")
        kiosk.touch("Autres caractères")
        kiosk.wait("張", "张")
        kiosk.picture("desk-candidates")
        kiosk.touch("Retour aux lettres")
        kiosk.wait("Autres caractères")
        for length in range(len("zhang"), 0, -1):  # each is waited for: see dial()
            kiosk.touch("Effacer")
            wait_for(
                lambda: "zhang"[:length] not in kiosk.texts() or length == 1,
                lambda: f"“{'zhang'[:length]}” to be erased",
            )
        kiosk.touch("Lettres latines")
        kiosk.touch("Lettres accentuées")
        kiosk.touch("Lettres proches de s")
        kiosk.touch_key("ş")
        wait_for(lambda: kiosk.value("Rechercher") == "ş", "the letter in the field")
        kiosk.touch("Quitter le bureau")
        kiosk.wait("请出示您的二维码")
        expect(not kiosk.shows("欧阳"), "what was written is still there")


def who_is_inside():
    """the emergency list by one touch; without a printer of pages it says what to do"""
    replica = Replica("emergency")
    with Kiosk(replica, *SIZE, env={"CUPS_SERVER": "/nowhere/cups.sock"}) as kiosk:
        enter_desk(kiosk)
        kiosk.touch("Poste")
        kiosk.wait("应急名单")
        kiosk.touch("Liste d’urgence")
        kiosk.wait("Imprimez la liste à un autre poste")
        expect(kiosk.is_sensitive("Liste d’urgence"), "cannot be touched again")
        # A printer is let rest by a touch, and works again by the next.
        rests = "SELECT value FROM local WHERE name = 'printer-rest:porte'"
        with sqlite3.connect(replica.db, isolation_level=None) as db:
            db.execute(
                "INSERT INTO printer_state (queue, rank, state, troubles, notes, since, heard, job)"
                " VALUES ('porte', 1, 'ready', '', '', 1, 9e12, '')"
            )
        kiosk.touch("Mettre au repos")
        kiosk.wait("Au repos", "休息中")
        expect(rows(replica.db, rests) == [("Li Na",)], rows(replica.db, rests))
        kiosk.picture("desk-rest")
        kiosk.touch("Reprendre")
        kiosk.wait("Mettre au repos")
        expect(rows(replica.db, rests) == [], rows(replica.db, rests))


def another_place():
    """where the machine stands is chosen on a page of touches, by names of both languages"""
    replica = Replica("place")
    with Kiosk(replica, *SIZE) as kiosk:
        enter_desk(kiosk)
        kiosk.touch("Poste")
        kiosk.touch("Point de contrôle")
        kiosk.wait("Entrée de la Foire", "Atelier A1")
        kiosk.picture("desk-places")
        kiosk.touch("Entrée de la Foire")
        kiosk.wait("Entrée de la Foire · 09:")


def badge_in_a_box():
    """a ticket whose badge was printed ahead is told where it lies, and the way there"""
    replica = Replica("box")
    badges = replica.db + "-badges.pdf"
    accueil(replica.db, "badge", "batch", "--boxes", "50", "-o", badges)
    with Kiosk(replica, *SIZE, settings=WHERE) as kiosk:
        kiosk.scan("FR-0004")
        kiosk.wait("Votre badge vous attend dans la boîte", "号盒", "Bureau d’accueil, hall nord")
        kiosk.picture("box")
        enter_desk(kiosk)
        kiosk.scan("FR-0004")
        kiosk.wait("Badge dans la boîte", "放行")
        kiosk.touch("Faire entrer")
        kiosk.wait("Arrivée à 09:")
        kiosk.touch("Quitter le bureau")
        kiosk.wait("请出示您的二维码")
        kiosk.scan("FR-0004")
        kiosk.wait("请出示您的胸卡")  # she has it now
        expect(not kiosk.shows("号盒"), "sent to the box though she came")


if __name__ == "__main__":
    main(
        [
            one_touch_by_state,
            delegation_at_once,
            somebody_new,
            other_rights,
            taken_back,
            note_for_the_team,
            leader_and_override,
            headset_never_back,
            letters_that_are_missing,
            who_is_inside,
            another_place,
            badge_in_a_box,
        ]
    )
