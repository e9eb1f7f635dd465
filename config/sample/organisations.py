"""Organisations that organise the sample events and are not parliaments."""

ORGANISATIONS = [
    {
        "code": "x-ipu",
        "name_en": "Inter-Parliamentary Union",
        "name_es": "Unión Interparlamentaria",
        "name_in_sentence_en": "the Inter-Parliamentary Union",
        "name_in_sentence_es": "la Unión Interparlamentaria",
        "acronym_en": "IPU",
        "acronym_es": "UIP",
        "motto_en": "For democracy. For everyone.",
        "motto_es": "Por la democracia. Para todos.",
        "letterhead_en": (
            "+41 22 919 41 11 / +41 22 919 41 60\n"
            "postbox@ipu.org · www.ipu.org\n"
            "Chemin du Pommier 5, Case postale 330\n"
            "1218 Le Grand-Saconnex, Geneva – Switzerland"
        ),
        "letterhead_es": (
            "+41 22 919 41 11 / +41 22 919 41 60\n"
            "postbox@ipu.org · www.ipu.org\n"
            "Chemin du Pommier 5, Case postale 330\n"
            "1218 Le Grand-Saconnex, Ginebra – Suiza"
        ),
        "issuing_office_en": "Office of the Secretary General",
        "issuing_office_es": "Oficina del Secretario General",
        "aide_memoire_title_en": "Aide-memoire",
        "aide_memoire_title_es": "Nota recordatoria",
    },
    {
        "code": "x-undesa",
        "name_en": "United Nations Department of Economic and Social Affairs",
        "name_es": "Departamento de Asuntos Económicos y Sociales de las Naciones Unidas",
        "name_in_sentence_en": "the United Nations Department of Economic and Social Affairs",
        "name_in_sentence_es": "el Departamento de Asuntos Económicos y Sociales de las Naciones Unidas",
        "acronym_en": "UN/DESA",
        "acronym_es": "DAES",
        "aide_memoire_title_en": "Aide-memoire",
        "aide_memoire_title_es": "Ayuda memoria",
    },
    {
        "code": "x-gcictp",
        "name_en": "Global Centre for ICT in Parliament",
        "name_es": "Centro Mundial para las TIC en el Parlamento",
        "name_in_sentence_en": "the Global Centre for ICT in Parliament",
        "name_in_sentence_es": "el Centro Mundial para las TIC en el Parlamento",
    },
    {
        "code": "x-enplac",
        "name_en": "Exchange Network of Parliaments of Latin America and the Caribbean",
        "name_es": "Red de Intercambio de Parlamentos de América Latina y el Caribe",
        "name_in_sentence_en": "the Exchange Network of Parliaments of Latin America and the Caribbean",
        "name_in_sentence_es": "la Red de Intercambio de Parlamentos de América Latina y el Caribe",
        "acronym_en": "ENPLAC",
        "acronym_es": "ENPLAC",
    },
    {
        "code": "x-ifla",
        "name_en": "International Federation of Library Associations and Institutions",
        "name_es": "Federación Internacional de Asociaciones e Instituciones Bibliotecarias",
        "name_in_sentence_en": "the International Federation of Library Associations and Institutions",
        "name_in_sentence_es": "la Federación Internacional de Asociaciones e Instituciones Bibliotecarias",
        "acronym_en": "IFLA",
        "acronym_es": "IFLA",
    },
    {
        "code": "x-specimen",
        "name_en": "Specimen Inter-Parliamentary Secretariat",
        "name_es": "Secretaría Interparlamentaria de Muestra",
        "name_in_sentence_en": "the Specimen Inter-Parliamentary Secretariat",
        "name_in_sentence_es": "la Secretaría Interparlamentaria de Muestra",
        "acronym_en": "SIPS",
        "acronym_es": "SIM",
        "motto_en": "A specimen, not an organization.",
        "motto_es": "Una muestra, no una organización.",
        "letterhead_en": "secretariat@convoca.example\n1 Specimen Street, Montevideo – Uruguay",
        "letterhead_es": "secretariat@convoca.example\nCalle de Muestra 1, Montevideo – Uruguay",
        "issuing_office_en": "Events Section",
        "issuing_office_es": "Sección de Eventos",
        "aide_memoire_title_en": "Aide-memoire",
        "aide_memoire_title_es": "Nota recordatoria",
    },
]

# The directory's name for this parliament is “General Assembly of Uruguay”; the workshop of 2013 and its own
# presentation say “Parliament of Uruguay”, which is also in use (directory note).
CORRECTIONS = {
    "UY": {
        "name_en": "Parliament of Uruguay",
        "name_es": "Parlamento del Uruguay",
        "name_in_sentence_en": "the Parliament of Uruguay",
        "name_in_sentence_es": "el Parlamento del Uruguay",
    },
}
