#!/usr/bin/env python3
"""What hangs on a person and a time: meetings, signatures, the airport, shuttle places, motorcades,
from lists as people write them to the scan, the desk and paper. TAP."""
import json
import subprocess
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from integration.test_congress import ZOE, imported, replica
from kit import tap
from kit.run import EVENT, codes_of
from kit.tap import expect

HEADINGS = (
    "Référence;Civilité;Nom;Prénom;Nom chinois;Fonction;Pays;Catégorie;Rencontres;Foire;Jours;"
    "Hôtel;Protocole\n"
)
ROSTER = (
    HEADINGS
    + """FR-1;Mme;Hué;Zoé;;Ministre;FR;personnalité;oui;oui;26,27;Jinjiang;oui
FR-2;M.;Le Goff;Yann;;Maire;FR;élu;oui;oui;26,27;Jinjiang;
FR-3;Mme;Morel;Anne;;Chargée de mission;FR;expert;oui;non;26;;
CN-1;M.;Wang;Ming;王明;;CN;élu;oui;oui;26,27;;
CN-2;M.;Li;Wei;李伟;;CN;entreprise;oui;oui;26,27;;
"""
)
# Lets in again and again.
FREE = "\n[checkpoint libre]\nkind = zone\nfr = Libre\nzh = 自由\nonce = never\n"
MEETINGS = """Référence;Avec;Jour;Heure;Fin;Table;Objet
fr-2;CN-1;26;10h30;11:00;Table 4;Eau et déchets
FR-3;CN-2;26 octobre;14 h;;Table 5;
FR-2;CN-2;26;10:45;;Table 6;
"""


def write(accueil, name, text, encoding="utf-8"):
    path = accueil.folder / name
    path.write_bytes(text.encode(encoding))
    return path


def listed(accueil, *words, **more):
    return json.loads(accueil("appointments", "--json", *words, **more).out)


def read(accueil, name, text, kind, *words, status=0, encoding="utf-8"):
    path = write(accueil, name, text, encoding)
    return accueil("appointments", "import", path, "--kind", kind, *words, status=status)


def admit(accueil, reference, *words, **more):
    return accueil(
        "admit", reference, "--checkpoint", "entree-est", *ZOE, "--reason", "x", *words, **more
    )


def test_a_list_is_read_and_read_again():
    """Hours and days as people write them; what is odd is said; a second reading replaces."""
    with replica(ROSTER) as accueil:
        imported(accueil)
        dry = read(accueil, "b2b.csv", MEETINGS, "meeting", "--dry-run")
        expect("6 new" in dry.out and listed(accueil) == [], dry)
        said = read(accueil, "b2b.csv", MEETINGS, "meeting", encoding="cp1252")
        expect("“b2b”: 6 new, 0 changed, 0 no longer" in said.out, said)
        expect("FR-3 is not registered for every event" in said.err, said)
        expect("FR-2 is at two at one time" in said.err, said)
        first, second, third = listed(accueil)
        expect((first["from"], first["to"], first["place"]) == ("10:30", "11:00", "Table 4"), first)
        expect((second["from"], third["from"]) == ("10:45", "14:00"), second, third)
        expect([one["reference"] for one in first["who"]] == ["CN-1", "FR-2"], first)
        again = read(accueil, "b2b.csv", MEETINGS, "meeting")
        expect("0 new, 0 changed, 0 no longer" in again.out, again)
        shorter = MEETINGS.replace("FR-2;CN-2;26;10:45;;Table 6;\n", "").replace("déchets", "air")
        again = read(accueil, "b2b.csv", shorter, "meeting")
        expect("0 new, 2 changed, 2 no longer" in again.out, again)
        before = listed(accueil)
        expect(len(before) == 2 and before[0]["fr"] == "Eau et air", before)
        accueil("rebuild")
        expect(listed(accueil) == before, "a rebuild changes nothing")


def test_what_cannot_be():
    """Each fault with file, line, value and remedy; nothing is written."""
    cases = (
        ("FR-9;CN-1;26;10:30;;;", "line 2", "“FR-9”", "nobody is registered"),
        ("FR-2;CN-1;31;10:30;;;", "“31”", "write it like 2016-10-25"),
        ("FR-2;CN-1;26;25:70;;;", "“25:70”", "write it like 14:30"),
        ("FR-2;CN-1;26;;;;", "the hour is missing"),
        ("FR-2;CN-1;;10:30;;;", "the day is missing"),
        ("FR-2;CN-1;26;10:30;10:00;;", "is before the beginning"),
        ("FR-2;FR-2;26;10:30;;;", "stands twice"),
        ("–;;26;10:30;;;", "whom is this about"),
        ("FR-2;CN-1;26;10:30;;" + "T" * 121 + ";", "120 characters"),
        ("FR-2;CN-1;26;10:30;;a\x07b;", "control character"),
    )
    with replica(ROSTER) as accueil:
        imported(accueil)
        for row, *words in cases:
            text = MEETINGS.splitlines()[0] + "\n" + row + "\n"
            said = read(accueil, "bad.csv", text, "meeting", status=1)
            for word in ("bad.csv", "Nothing was written", *words):
                expect(word in said.err, word, said)
        expect(listed(accueil) == [], "nothing was written")
        path = write(accueil, "b2b.csv", MEETINGS)
        expect("--kind" in accueil("appointments", "import", path, status=1).err, "which kind")
        accueil("appointments", "import", path, "--kind", "dance", status=2)
        nobody = write(accueil, "none.csv", "Jour;Heure\n26;10:30\n")
        said = accueil("appointments", "import", nobody, "--kind", "meeting", status=1)
        expect("references" in said.err, said)


def test_told_at_the_scan():
    """Who comes in is told what she has that day, in both languages, until it is over; nobody of
    protocol is told, or named to others."""
    with replica(ROSTER) as accueil:
        imported(accueil)
        read(accueil, "b2b.csv", MEETINGS, "meeting")
        signature = (
            "编号,对方,日期,时间,会议室,协议,协议（法文）\n" "CN-1,FR-1,26,11:30,锦江厅,友好合作协议,Accord de jumelage\n"
        )
        read(accueil, "签约.csv", signature, "signature", encoding="gb18030")
        code = scanned_told(accueil, "CN-2", "2016-10-26T09:12:00+08:00")
        expect("10:45 · Rendez-vous d’affaires · Table 6 · Yann Le Goff" in code[0], code)
        expect("14:00 · 商务洽谈 · Table 5 · Anne Morel" in code[1], code)
        late = scanned_told(accueil, "CN-2", "2016-10-26T13:00:00+08:00")
        expect("Table 6" not in late[0] and "Table 5" in late[0], late)
        signer = scanned_told(accueil, "CN-1", "2016-10-26T09:12:00+08:00")
        expect("11:30 · 签约 · 友好合作协议 · 锦江厅" in signer[1], signer)
        expect("Hué" not in "".join(signer), "a guest of protocol is not named", signer)
        guest = scanned_told(accueil, "FR-1", "2016-10-26T09:12:00+08:00")
        expect(guest == ("", ""), guest)
        admit(accueil, "CN-1")
        signing = listed(accueil, "--kind", "signature", "--missing", status=1)[0]
        expect((signing["people"], signing["there"]) == (2, 1), signing)
        text = accueil("appointments", "--kind", "signature").out
        expect("Hué" not in text and "王明" in text, text)
        expect("Hué" in accueil("appointments", "--protocol").out, "protocol sees her")


def scanned_told(accueil, reference, now):
    """What a scan at the entrance of the fair tells her, which lets in again and again."""
    if not hasattr(accueil, "codes"):
        accueil("key", "new")
        sheet, ini = accueil.folder / "tickets.csv", accueil.folder / "open.ini"
        accueil("ticket", "issue", "--csv", sheet)
        accueil.codes = codes_of(sheet)
        ini.write_text(EVENT.read_text() + FREE)
        accueil("event", "load", ini)
    answer = accueil(
        "scan", "--checkpoint", "libre", "--json", stdin=accueil.codes[reference] + "\n", now=now
    )
    said = json.loads(answer.out)
    expect(said["verdict"] == "ADMITTED", said)
    return said.get("told_fr", ""), said.get("told_zh", "")


def test_airport_and_shuttles():
    """Who is still to be met; a departure fuller than its places is named; paper to tick."""
    with replica(ROSTER) as accueil:
        imported(accueil)
        flights = "Référence;Date;Heure;Vol;Terminal\nFR-1, FR-2;25/10/2016;22h05;AF 116;T2\n"
        read(accueil, "vols.csv", flights, "arrival")
        seats = (
            "编号;日期;发车时间;线路;车站;座位数\nFR-2;27;08:00;Ligne 2;Jinjiang;2\n"
            "FR-3;27;08:00;Ligne 2;Minshan;2\nCN-1;27;08:00;Ligne 2;Minshan;2\n"
        )
        said = read(accueil, "navettes.csv", seats, "shuttle")
        expect(
            "shuttle 2016-10-27 08:00 Ligne 2: 3 people for 2 places. Take a larger" in said.err,
            said,
        )
        flight = listed(accueil, "--day", "2016-10-25", "--missing", status=1)[0]
        expect([one["state"] for one in flight["who"]] == ["awaited", "awaited"], flight)
        expect(flight["who"][0]["reference"] == "", "protocol is not named", flight)
        accueil("appointments", "met", "FR-1", status=2)
        accueil("appointments", "met", "FR-1", *ZOE)
        accueil("appointments", "met", "FR-1", *ZOE, status=1)
        accueil("appointments", "met", "FR-3", *ZOE, "--id", "arrival x", status=1)
        admit(accueil, "FR-2")  # who is here needs nobody at the airport
        expect(listed(accueil, "--kind", "arrival", "--missing") == [], "all were met")
        accueil("appointments", "met", "FR-1", *ZOE, "--undo")
        text = accueil("appointments", "--kind", "arrival", "--missing", status=1).out
        expect("à accueillir · 待接" in text, text)
        crowded = listed(accueil, "--kind", "shuttle")[0]
        expect(crowded["crowded"] and crowded["people"] == 3 and crowded["places"] == 2, crowded)
        sheet = accueil.folder / "manifest.pdf"
        accueil("appointments", "--kind", "shuttle", "--day", "27", "-o", sheet)
        paper = subprocess.run(
            ["pdftotext", "-layout", sheet, "-"], capture_output=True, text=True, check=True
        ).stdout
        for word in ("LE GOFF", "Ligne 2", "3/2", "Minshan", "王明"):
            expect(word in paper, word, paper)
        accueil("appointments", "--kind", "arrival", "-o", sheet)
        paper = subprocess.run(["pdftotext", sheet, "-"], capture_output=True, text=True).stdout
        expect("HUÉ" not in paper and "1 invité" in paper, paper)


ZONE = """
[checkpoint securite]
kind = zone
fr = Salle du groupe sécurité
zh = 安全组会议室
groups = securite; presse
once = never

[checkpoint salon]
kind = zone
fr = Salon
zh = 贵宾室
categories = personnalite
groups = securite
once = never
"""


def test_working_groups_and_zones():
    """A zone for those whom a list names, or for a category besides; a lost badge opens none."""
    with replica(ROSTER) as accueil:
        imported(accueil)
        ini = accueil.folder / "zones.ini"
        ini.write_text(EVENT.read_text() + ZONE)
        accueil("event", "load", ini)
        read(accueil, "groupes.csv", "编号;工作组\nFR-2;securite\nCN-2;presse\n", "group")
        read(accueil, "bad.csv", "编号;工作组\nFR-2;sé curité\n", "group", status=1)
        for zone, reference, status in (
            ("securite", "FR-2", 0),
            ("securite", "CN-2", 0),
            ("securite", "FR-3", 1),
            ("salon", "FR-2", 0),
            ("salon", "CN-2", 1),
        ):
            words = ("admit", reference, "--checkpoint", zone, *ZOE, "--reason", "x", "--json")
            said = json.loads(accueil(*words, status=status).out)
            detail = {"securite": "group", "salon": "category"}[zone] if status else ""
            expect(said["detail"] == detail, zone, reference, said)
        bad = accueil.folder / "bad.ini"
        bad.write_text(EVENT.read_text() + ZONE.replace("presse", "p r"))
        said = accueil("event", "load", bad, status=1).err
        expect("“p r” is no name of a working group" in said, said)
        read(accueil, "groupes.csv", "编号;工作组\nCN-2;presse\n", "group")
        accueil("admit", "FR-2", "--checkpoint", "securite", *ZOE, "--reason", "x", status=1)


def test_companions():
    """Counted by a touch, apart from persons."""
    with replica(ROSTER) as accueil:
        imported(accueil)
        admit(accueil, "FR-2")
        before = accueil("counts", "--by", "event", "--json").out
        accueil("companions", "add", "entree-est")
        accueil("companions", "add", "entree-est", "--heads", "3")
        accueil("companions", "add", "entree-est", "--heads", "-1")
        accueil("companions", "add", "entree-est", "--visitors", "--heads", "2")
        row = json.loads(accueil("companions", "--day", "26", "--json").out)[0]
        expect((row["companions"], row["visitors"]) == (3, 2), row)
        expect("入" in accueil("companions").out, "in both languages")
        after = json.loads(accueil("counts", "--by", "event", "--json").out)
        expect(after["rows"] == json.loads(before)["rows"], "in no figure of persons", after)
        accueil("companions", "add", "nowhere", status=1)
        accueil("companions", "add", "entree-est", "--heads", "0", status=2)
        accueil("companions", "--day", "12", status=2)


def test_motorcade_and_erasure():
    """A guest of protocol: host, seat and company are for protocol; an erasure takes it all."""
    with replica(ROSTER) as accueil:
        imported(accueil)
        convoy = (
            "Référence;Jour;Heure;Cortège;Porte;Hôte;Place d’honneur\n"
            "FR-1;26;09:00;Cortège 1;Porte Nord;CN-1;Rang A, 3\nFR-2;26;09:00;Cortège 1;;;\n"
        )
        read(accueil, "cortege.csv", convoy, "motorcade")
        plain = accueil("appointments", "--csv").out
        expect("Hué" not in plain and "Rang A" not in plain and "FR-2" in plain, plain)
        named = accueil("appointments", "--csv", "--protocol").out
        expect("Zoé Hué" in named and "CN-1" in named and "Rang A, 3" in named, named)
        admit(accueil, "FR-1")
        alerts = accueil("alerts", "--json").out
        expect("protocol" in alerts and "Hué" not in alerts, alerts)
        # Her host to the team; closed, she is met, wherever one looks.
        expect('"host":"王明 Wang Ming"' in alerts, alerts)
        expect("À recevoir par" in accueil("alerts").out, alerts)
        state = json.loads(accueil("appointments", "--json", "--protocol").out)[0]["who"]
        expect([row["state"] for row in state] == ["here", "awaited"], state)
        accueil("alerts", "close", json.loads(alerts)[0]["id"], *ZOE, "--reason", "x")
        state = json.loads(accueil("appointments", "--json", "--protocol").out)[0]["who"]
        expect([row["state"] for row in state] == ["met", "awaited"], state)
        expect("accueilli · 已接到" in accueil("appointments", "--protocol").out, state)
        accueil("appointments", "met", "FR-1", "--undo", *ZOE)
        accueil("appointments", "met", "FR-1", *ZOE)
        accueil("erase", "FR-1", "--reason", "demande")
        expect("Rang A" not in accueil("appointments", "--csv", "--protocol").out, "erased")
        held = accueil("person", "export", "FR-1").out
        expect("Rang A" not in held, held)


if __name__ == "__main__":
    tap.main(tap.tests_of(globals()))
