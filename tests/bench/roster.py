#!/usr/bin/env python3
"""roster.py ROWS FILE: a list of delegates of any size as the French platform would export it
(semicolons, UTF-8), half French, half Chinese. The same ROWS gives the same file."""
import csv, random, sys

rows, path = int(sys.argv[1]), sys.argv[2]
rng = random.Random(20161026)
FAMILY_FR = (
    "Lefèvre Œuvrard Le Goff Kerdoncuff d'Estienne Dupont-Martin Huë Ÿvard Barthélémy Nédélec "
    "Sévigné Laënnec Clément Thévenet Prévost Gérard Maître Poüs Chênevert L'Haÿ"
).split(" ")
GIVEN_FR = (
    "Anne-Laure François Joëlle Hervé Émile Noémie Gaëtan Mickaël Marie-Thérèse Zoé Loïc "
    "Maëlle Jean-François Aurélien Thibaut Inès"
).split()
FAMILY_ZH = [
    ("王", "Wang"),
    ("李", "Li"),
    ("张", "Zhang"),
    ("刘", "Liu"),
    ("陈", "Chen"),
    ("杨", "Yang"),
    ("欧阳", "Ouyang"),
    ("司马", "Sima"),
    ("诸葛", "Zhuge"),
    ("曾", "Zeng"),
    ("单", "Shan"),
    ("仇", "Qiu"),
]
GIVEN_ZH = [
    ("思远", "Siyuan"),
    ("芳", "Fang"),
    ("伟", "Wei"),
    ("雪梅", "Xuemei"),
    ("文博", "Wenbo"),
    ("子涵", "Zihan"),
    ("喆", "Zhe"),
    ("堃", "Kun"),
    ("艳", "Yan"),
    ("静", "Jing"),
]
ORGANISATION = [
    ("Ville de Montpellier", "蒙彼利埃市"),
    ("Région Bretagne", "布列塔尼大区"),
    ("Université de Nantes", "南特大学"),
    ("Toulouse Métropole", "图卢兹都市区"),
    ("Municipalité de Chengdu", "成都市人民政府"),
    ("Municipalité de Wuhan", "武汉市人民政府"),
    ("Université du Sichuan", "四川大学"),
]
CATEGORY = [
    "élu",
    "technicien de collectivité",
    "entreprise",
    "universitaire",
    "expert",
    "opérateur national",
    "association",
    "presse",
]

with open(path, "w", encoding="utf-8", newline="") as out:
    writer = csv.writer(out, delimiter=";")
    writer.writerow(
        [
            "Référence",
            "Civilité",
            "Nom",
            "Prénom",
            "Nom chinois",
            "Fonction",
            "Fonction (chinois)",
            "Organisme",
            "Organisme (chinois)",
            "Catégorie",
            "Rencontres",
            "Foire",
            "Jours",
            "Ateliers",
            "Rôle",
            "Repas",
            "Transport",
            "Casque",
            "Courriel",
            "Téléphone",
        ]
    )
    for n in range(rows):
        organisation = rng.choice(ORGANISATION)
        days = ["26", "27", "28"] + (["29"] if n % 3 == 0 else [])
        if n % 2:
            surname, given = rng.choice(FAMILY_ZH), rng.choice(GIVEN_ZH)
            who = [
                "CN-%06d" % n,
                rng.choice(["先生", "女士"]),
                surname[1],
                given[1],
                surname[0] + given[0],
            ]
        else:
            who = [
                "FR-%06d" % n,
                rng.choice(["M.", "Mme"]),
                rng.choice(FAMILY_FR),
                rng.choice(GIVEN_FR),
                "",
            ]
        writer.writerow(
            who
            + [
                "Chargée de mission",
                "专员",
                *organisation,
                rng.choice(CATEGORY),
                "oui",
                "oui" if n % 3 == 0 else "non",
                ",".join(days),
                ",".join(rng.sample(["A1", "A2", "A3", "A4", "A5", "A6"], 2)),
                "",
                "oui",
                "oui" if n % 5 else "non",
                "oui" if n % 4 else "non",
                "%06d@example.org" % n,
                "06 %02d %02d %02d %02d" % (n % 97, n % 89, n % 83, n % 79),
            ]
        )
