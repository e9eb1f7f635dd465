"""The ninth World e-Parliament Conference, 2021, held online, and its letters."""

from datetime import date

EVENT = {
    "slug": "e-parliament-2021",
    "reference": "EPARL-2021",
    "kind": "conference",
    "title_en": "Ninth World e-Parliament Conference",
    "title_es": "Novena Conferencia Mundial sobre el Parlamento Electrónico",
    "name_in_sentence_en": "the ninth World e-Parliament Conference",
    "name_in_sentence_es": "la novena Conferencia Mundial sobre el Parlamento Electrónico",
    "theme_en": "Parliaments after a year of working at a distance",
    "theme_es": "Los parlamentos tras un año de trabajo a distancia",
    "summary_en": (
        "Three days online for parliaments to compare what they learned when the pandemic moved their work to the "
        "screen, and to decide what to keep."
    ),
    "summary_es": (
        "Tres días en línea para que los parlamentos comparen lo que aprendieron cuando la pandemia llevó su trabajo "
        "a la pantalla, y decidan qué conservar."
    ),
    "first_day": date(2021, 6, 16),
    "last_day": date(2021, 6, 18),
    "zone": "Europe/Zurich",
    "mode": "online",
    "working_languages": "en,fr,es",
    "contact_unit_en": "Inter-Parliamentary Union, innovation team",
    "contact_unit_es": "Unión Interparlamentaria, equipo de innovación",
    "contact_email": "innovation@ipu.org",
    "description_en": """
<p>The World e-Parliament Conference is the place where members and staff of parliaments meet to speak about technology
in the service of democracy. For the first time it takes place entirely online.</p>
<p>In 2020 and 2021 the pandemic made parliaments hold committees, debates and even votes at a distance within weeks.
The Conference looks at what worked, what did not, and what is worth keeping once chambers are full again.</p>
<p>It also discusses the findings of the <em>World e-Parliament Report</em> on how parliaments plan, pay for and protect
their systems. Delegations may be composed of members, secretaries general and staff.</p>
""",
    "description_es": """
<p>En la Conferencia Mundial sobre el Parlamento Electrónico, los miembros y el personal de los parlamentos debaten
sobre la tecnología al servicio de la democracia. Por primera vez se celebra íntegramente en línea.</p>
<p>En 2020 y 2021 la pandemia obligó a los parlamentos a celebrar a distancia, en cuestión de semanas, reuniones de
comisión, debates e incluso votaciones. La Conferencia examina qué funcionó, qué no y qué merece conservarse cuando las
salas vuelvan a llenarse.</p>
<p>Se debatirán asimismo las conclusiones del <em>Informe mundial sobre el parlamento electrónico</em> acerca de cómo los
parlamentos planifican, financian y protegen sus sistemas. Las delegaciones pueden estar integradas por miembros de los
parlamentos, secretarías generales y personal.</p>
""",
    "after_text_en": """
<p>The ninth World e-Parliament Conference was held online from 16 to 18 June 2021. It was the first edition to take
place entirely at a distance.</p>
<p>Parliaments compared what they had learned when the pandemic moved committees, debates and votes to the screen within
weeks. They discussed what had worked, what had not, and what was worth keeping.</p>
<p>The findings of the <em>World e-Parliament Report</em> on how parliaments plan, pay for and protect their systems were
discussed as well.</p>
""",
    "after_text_es": """
<p>La novena Conferencia Mundial sobre el Parlamento Electrónico se celebró en línea del 16 al 18 de junio de 2021. Fue la
primera edición que tuvo lugar íntegramente a distancia.</p>
<p>Los parlamentos compararon lo que habían aprendido cuando la pandemia llevó a la pantalla, en cuestión de semanas,
las reuniones de comisión, los debates y las votaciones. Examinaron qué había funcionado, qué no y qué merecía
conservarse.</p>
<p>Se debatieron asimismo las conclusiones del <em>Informe mundial sobre el parlamento electrónico</em> acerca de cómo los
parlamentos planifican, financian y protegen sus sistemas.</p>
""",
}

WINDOW = (date(2021, 4, 23), date(2021, 6, 4))

ORGANISERS = [("x-ipu", "organised")]

SECTIONS = [
    (
        "background",
        "<p>Since 2007 the World e-Parliament Conference has brought together the people who decide on technology in "
        "parliament and those who run it. This ninth edition takes place while most chambers still work partly at a "
        "distance.</p>",
        "<p>Desde 2007 la Conferencia Mundial sobre el Parlamento Electrónico reúne a quienes deciden sobre la "
        "tecnología en el parlamento y a quienes la hacen funcionar. Esta novena edición se celebra cuando la mayoría "
        "de las cámaras sigue trabajando, en parte, a distancia.</p>",
    ),
    (
        "objectives",
        "<ul><li>To compare how parliaments went on working during the pandemic;</li><li>to discuss the findings of the "
        "<em>World e-Parliament Report</em>;</li><li>to agree on what deserves to last.</li></ul>",
        "<ul><li>Comparar cómo siguieron trabajando los parlamentos durante la pandemia;</li><li>debatir las "
        "conclusiones del <em>Informe mundial sobre el parlamento electrónico</em>;</li><li>acordar qué merece "
        "perdurar.</li></ul>",
    ),
    (
        "outcomes",
        "<p>A summary of good practice, with the presentations, published on the page of the Conference.</p>",
        "<p>Una síntesis de buenas prácticas, junto con las presentaciones, publicada en la página de la "
        "Conferencia.</p>",
    ),
    (
        "participants",
        "<p>Members of parliament, secretaries general and parliamentary staff who work on information technology, "
        "communication, documentation and procedure. Gender-balanced delegations are encouraged.</p>",
        "<p>Miembros de los parlamentos, secretarías generales y personal parlamentario de las áreas de tecnología "
        "de la información, comunicación, documentación y procedimiento. Se alienta a enviar delegaciones con "
        "equilibrio de género.</p>",
    ),
    (
        "languages",
        "<p>Interpretation is provided in English, French and Spanish.</p>",
        "<p>Se ofrece interpretación en español, francés e inglés.</p>",
    ),
    (
        "venue",
        "<p>The Conference is held online from 16 to 18 June 2021. Registered delegations receive the means of access "
        "by e-mail.</p>",
        "<p>La Conferencia se celebra en línea del 16 al 18 de junio de 2021. Las delegaciones inscritas reciben por "
        "correo electrónico las instrucciones de acceso.</p>",
    ),
]

PRACTICAL_NOTE = [
    (
        "registration",
        "<p>The Conference is intended for members of parliament, secretaries general and parliamentary staff. "
        "Gender-balanced delegations are encouraged.</p>"
        "<p>Delegations are registered online, through the personal link that each parliament receives.</p>"
        "<p>Those who cannot register by the last day are asked to write to the contact person.</p>",
        "<p>La Conferencia se dirige a los miembros de los parlamentos, las secretarías generales y el personal "
        "parlamentario. Se alienta a enviar delegaciones con equilibrio de género.</p>"
        "<p>Las delegaciones se inscriben en línea, mediante el enlace personal que recibe cada parlamento.</p>"
        "<p>Si no es posible inscribirse dentro del plazo, se ruega escribir a la persona de contacto.</p>",
    ),
    (
        "modalities",
        "<p>The Conference is held entirely online. Registered delegations receive the means of access by e-mail.</p>"
        "<p>The programme has three formats:</p><ul><li><em>panel discussions</em>;</li>"
        "<li><em>short presentations</em> followed by questions;</li>"
        "<li><em>working groups</em> of no more than twenty people.</li></ul>",
        "<p>La Conferencia se celebra íntegramente en línea. Las delegaciones inscritas reciben por correo electrónico "
        "las instrucciones de acceso.</p>"
        "<p>El programa ofrece tres formatos:</p><ul><li><em>mesas redondas</em>;</li>"
        "<li><em>presentaciones breves</em> seguidas de preguntas;</li>"
        "<li><em>grupos de trabajo</em> de veinte personas como máximo.</li></ul>",
    ),
    (
        "documents",
        "<p>The programme and the presentations are published on the page of the Conference.</p>",
        "<p>El programa y las presentaciones se publican en la página de la Conferencia.</p>",
    ),
]

SESSIONS = [
    {
        "title_en": "What changed: parliaments in the pandemic",
        "title_es": "Qué cambió: los parlamentos en la pandemia",
        "day": date(2021, 6, 16),
        "kind": "plenary",
    },
    {
        "title_en": "What the World e-Parliament Report found",
        "title_es": "Qué constató el Informe mundial sobre el parlamento electrónico",
        "day": date(2021, 6, 17),
        "kind": "plenary",
    },
    {
        "title_en": "What should last",
        "title_es": "Qué debe perdurar",
        "day": date(2021, 6, 18),
        "kind": "plenary",
    },
]

LETTER_DATE = date(2021, 4, 23)

LETTER = {
    "letterhead": "x-ipu",
    "place_en": "Geneva",
    "place_es": "Ginebra",
    "closing_en": "Yours sincerely,",
    "closing_es": "Atentamente,",
    "body_en": """
<p>I am pleased to invite {parliament_in_sentence} to take part in {event_in_sentence}, which will be held online
{dates_in_sentence}.</p>
<p>The Conference is the meeting place of members and staff of parliaments who want technology to serve democracy. At
each edition they show one another what they have built, say plainly what went wrong, and look for partners for what
comes next.</p>
<p>This edition comes after a year unlike any other. Within weeks the pandemic obliged parliaments to hold committees,
debates and even votes at a distance. Many changed their rules of procedure to do so; all of them had to train members
and staff, often at home and in the evening. It is time to compare what was learned, and to decide together what
deserves to be kept.</p>
<p>The Conference will also discuss the latest edition of the <em>World e-Parliament Report</em>, in particular its
findings on <em>innovation and planning</em>: how parliaments decide on technology, pay for it and protect it.</p>
<p>So that everybody can take part, whatever the hour at home, the programme offers three formats:</p>
<ul>
<li><em>panel discussions</em>, in which presiding officers, members and secretaries general exchange views on the
parliament of the future;</li>
<li><em>short presentations</em> by parliaments of something they have put into practice, followed by questions;</li>
<li><em>working groups</em> of no more than twenty people, each devoted to one subject proposed by the
participants.</li>
</ul>
<p>The Conference is intended for members of parliament, secretaries general and staff who work on information
technology, communication, documentation and procedure. I would encourage you to send a gender-balanced delegation in
which political and technical responsibility are both represented.</p>
<p>The programme will be published on the page of the Conference, {event_url}. Kindly register your delegation online
no later than {deadline}. For any question, my colleague Mr. Avinash Bikha is at your disposal at
<a href="mailto:innovation@ipu.org">innovation@ipu.org</a>.</p>
<p>I look forward to welcoming the delegation of your parliament.</p>
""",
    "body_es": """
<p>Me complace invitar a {parliament_in_sentence} a participar en {event_in_sentence}, que se celebrará en línea
{dates_in_sentence}.</p>
<p>La Conferencia reúne a los miembros y al personal de los parlamentos que quieren poner la tecnología al servicio de
la democracia. En cada edición muestran lo que han construido, dicen con franqueza qué no salió bien y buscan con quién
emprender lo que viene.</p>
<p>Esta edición llega tras un año sin igual. En cuestión de semanas la pandemia obligó a los parlamentos a celebrar a
distancia reuniones, debates e incluso votaciones. Muchos modificaron para ello su reglamento; todos tuvieron que
capacitar a sus miembros y a su personal. Ha llegado el momento de comparar lo aprendido y de decidir juntos qué merece
conservarse.</p>
<p>En la Conferencia se debatirá asimismo la última edición del <em>Informe mundial sobre el parlamento electrónico</em>,
en particular sus conclusiones sobre <em>innovación y planificación</em>: cómo los parlamentos deciden sobre la
tecnología, cómo la financian y cómo la protegen.</p>
<p>Para facilitar la participación en todos los husos horarios, el programa ofrece tres formatos:</p>
<ul>
<li><em>mesas redondas</em> en las que presidencias, miembros y secretarías generales intercambiarán opiniones sobre
el parlamento del futuro;</li>
<li><em>presentaciones breves</em> en las que los parlamentos expondrán algo que ya han puesto en práctica, seguidas de
preguntas;</li>
<li><em>grupos de trabajo</em> de veinte personas como máximo, dedicados cada uno a un tema propuesto por quienes
participan.</li>
</ul>
<p>La Conferencia se dirige a los miembros de los parlamentos, las secretarías generales y el personal de las áreas de
tecnología de la información, comunicación, documentación y procedimiento. Le agradeceré que envíe una delegación con
equilibrio de género en la que estén representadas la responsabilidad política y la técnica.</p>
<p>El programa se publicará en la página de la Conferencia, {event_url}. Le ruego que inscriba a su delegación en
línea a más tardar el {deadline}. Para cualquier consulta, mi colega, el Sr. Avinash Bikha, está a su disposición en
<a href="mailto:innovation@ipu.org">innovation@ipu.org</a>.</p>
<p>Espero con interés dar la bienvenida a la delegación de su parlamento.</p>
""",
    "body_for_bodies_en": "",
    "body_for_bodies_es": "",
}

COLLECTIVE = {
    "addressee_en": "To all IPU Groups",
    "addressee_es": "A la atención de todos los Grupos de la UIP",
}

SIGNATORIES = [
    {
        "name": "Martin Chungong",
        "title_en": "Secretary General",
        "title_es": "Secretario General",
        "organisation": "x-ipu",
    }
]
