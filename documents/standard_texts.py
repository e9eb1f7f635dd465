"""The standard texts of templates about people. The secretariat can use them unchanged or edit them."""

from documents.models import Kind

_CLOSING = {"closing_en": "Yours sincerely,", "closing_es": "Atentamente,"}

STANDARD: dict[Kind, dict[str, str]] = {
    Kind.VISA_LETTER: _CLOSING
    | {
        "subject_en": "Visa support: {name}",
        "subject_es": "Apoyo a la solicitud de visado: {name}",
        "body_en": (
            "<p>{one:I have|two:We have} the honour to confirm that the person named below is registered as a "
            "participant in the event “{event}”, to be held {place_in_sentence} {dates_in_sentence}, as {role} "
            "({parliament}).</p>"
            "<p>{one:I|two:We} would be grateful if the visa that is needed to attend the event could be issued in "
            "good time, in accordance with the procedures in force. Any assistance that you can give will be greatly "
            "appreciated.</p>"
            "<p>This letter is issued in support of the visa application. The particulars below are those that the "
            "delegation has given us:</p>"
        ),
        "body_es": (
            "<p>{one:Tengo|two:Tenemos} el honor de confirmar que la persona cuyos datos figuran a continuación está "
            "inscrita para participar en el evento «{event}», que se celebrará {place_in_sentence} "
            "{dates_in_sentence}, en calidad de {role} ({parliament}).</p>"
            "<p>{one:Agradecería|two:Agradeceríamos} que el visado necesario para asistir al evento se expidiera con "
            "la debida antelación, de conformidad con los procedimientos vigentes. {one:Agradezco|two:Agradecemos} "
            "de antemano toda la ayuda que puedan prestar a este respecto.</p>"
            "<p>La presente carta se expide en apoyo de la solicitud de visado. Los datos que figuran a continuación "
            "son los que ha comunicado la delegación:</p>"
        ),
    },
    Kind.CONFIRMATION: _CLOSING
    | {
        "subject_en": "Confirmation of registration: {parliament}",
        "subject_es": "Confirmación de la inscripción: {parliament}",
        "body_en": (
            "<p>{one:I am pleased|two:We are pleased} to confirm that the persons named below are registered for the "
            "event “{event}”, to be held {place_in_sentence} {dates_in_sentence}.</p>"
            "<p>The list shows the registrations that are confirmed on the date of this letter. Please tell the "
            "Secretariat of any change through the pages of your delegation.</p>"
        ),
        "body_es": (
            "<p>{one:Me complace|two:Nos complace} confirmar que las personas que figuran a continuación están "
            "inscritas en el evento «{event}», que se celebrará {place_in_sentence} {dates_in_sentence}.</p>"
            "<p>La lista recoge las inscripciones confirmadas en la fecha de la presente carta. Se ruega comunicar "
            "cualquier cambio a la Secretaría por medio de las páginas de su delegación.</p>"
        ),
    },
    Kind.PERSON_CONFIRMATION: _CLOSING
    | {
        "subject_en": "Confirmation of registration",
        "subject_es": "Confirmación de la inscripción",
        "body_en": (
            "<p>{one:I am pleased|two:We are pleased} to confirm the registration of {name_with_title} for the event "
            "“{event}”, to be held {place_in_sentence} {dates_in_sentence}, as {role} ({parliament}).</p>"
            "<p>This confirmation can be shown at the registration desk together with an identity document. The "
            "symbol at its foot tells whether it is valid.</p>"
        ),
        "body_es": (
            "<p>{one:Me complace|two:Nos complace} confirmar la inscripción de {name} en el evento "
            "«{event}», que se celebrará {place_in_sentence} {dates_in_sentence}, en calidad de {role} "
            "({parliament}).</p>"
            "<p>Esta confirmación puede presentarse en el mostrador de inscripción junto con un documento de "
            "identidad. El símbolo que figura al pie permite comprobar su validez.</p>"
        ),
    },
    Kind.CERTIFICATE: {
        "body_en": (
            "<p>attended the event “{event}”, held {place_in_sentence} {dates_in_sentence}, as {role} "
            "({parliament}).</p>"
        ),
        "body_es": (
            "<p>asistió al evento «{event}», celebrado {place_in_sentence} {dates_in_sentence}, en calidad de {role} "
            "({parliament}).</p>"
        ),
    },
}
"""The columns of a template, by kind. Placeholders stand for the data of the event."""
