from django.urls import include, path

from registration.views import (
    check,
    coordinators,
    delegation,
    desk,
    details,
    figures,
    invitation,
    lost_link,
    people,
    person,
    requests,
    sheets,
    uploads,
)

app_name = "registration"

COORDINATORS = [
    path("", coordinators.CoordinatorsPage.as_view(), name="coordinators"),
    path("<int:person>/remove/", coordinators.remove, name="coordinator_remove"),
    path("<int:person>/hand-over/", coordinators.hand_over, name="coordinator_hand_over"),
    path("candidates/<int:candidate>/admit/", coordinators.admit, name="candidate_admit"),
    path("candidates/<int:candidate>/dismiss/", coordinators.dismiss, name="candidate_dismiss"),
]

DOCUMENTS = [
    path("", uploads.DocumentsPage.as_view(), name="documents"),
    path("<str:kind>/", uploads.UploadPage.as_view(), name="upload_delegation"),
    path("<int:person>/<str:kind>/", uploads.UploadPage.as_view(), name="upload_person"),
]

urlpatterns = [
    path("invitation/", invitation.InvitationPage.as_view(), name="invitation"),
    path("invitation/claim/", invitation.claim, name="claim"),
    path("invitation/answer/", invitation.answer, name="answer"),
    path("invitation/ask/", invitation.ask, name="ask"),
    path("invitation/<str:token>/", invitation.open_link, name="link"),
    path("events/<slug:slug>/lost-link/", lost_link.LostLinkPage.as_view(), name="lost-link"),
    path("desk/", desk.desk, name="desk"),
    path("desk/invitations/<int:pk>/", desk.OwnInvitation.as_view(), name="own-invitation"),
    path("desk/invitations/<int:pk>/begin/", desk.begin, name="begin"),
    path("desk/candidacies/<int:candidate>/join/", coordinators.join, name="join"),
    path("desk/candidacies/<int:candidate>/refuse/", coordinators.refuse, name="refuse"),
    path("desk/events/<slug:slug>/figures/", figures.FiguresPage.as_view(), name="figures"),
    path(
        "desk/events/<slug:slug>/figures/<str:extension>/",
        figures.FiguresDownload.as_view(),
        name="figures_download",
    ),
    path("desk/delegations/<int:pk>/coordinators/", include(COORDINATORS)),
    path("desk/delegations/<int:pk>/", delegation.DelegationPage.as_view(), name="delegation"),
    path("desk/delegations/<int:pk>/details/", details.DetailsPage.as_view(), name="details"),
    path("desk/delegations/<int:pk>/documents/", include(DOCUMENTS)),
    path("desk/delegations/<int:pk>/files/<int:upload>/", uploads.UploadFile.as_view(), name="upload"),
    path("desk/delegations/<int:pk>/files/<int:upload>/remove/", uploads.remove, name="upload_remove"),
    path("desk/delegations/<int:pk>/files/<int:upload>/restore/", uploads.restore, name="upload_restore"),
    path("desk/delegations/<int:pk>/people/", people.PeoplePage.as_view(), name="people"),
    path("desk/delegations/<int:pk>/people/add/", person.PersonPage.as_view(), name="person_add"),
    path("desk/delegations/<int:pk>/people/<int:person>/", person.PersonPage.as_view(), name="person"),
    path(
        "desk/delegations/<int:pk>/people/<int:person>/substitute/",
        requests.SubstitutePage.as_view(),
        name="substitute",
    ),
    path("desk/delegations/<int:pk>/late/", requests.LatePage.as_view(), name="late"),
    path("desk/delegations/<int:pk>/requests/", requests.RequestsPage.as_view(), name="requests"),
    path("desk/delegations/<int:pk>/requests/add/", requests.AddPage.as_view(), name="request_add"),
    path(
        "desk/delegations/<int:pk>/requests/<int:asked>/take-back/",
        requests.take_back,
        name="request_take_back",
    ),
    path("desk/delegations/<int:pk>/sheet/", sheets.FormDownload.as_view(), name="sheet"),
    path("desk/delegations/<int:pk>/sheet/upload/", sheets.SheetPage.as_view(), name="sheet_upload"),
    path("desk/delegations/<int:pk>/own-sheet/", sheets.Download.as_view(), name="own_sheet"),
    path("desk/delegations/<int:pk>/travel/", people.TravelPage.as_view(), name="travel"),
    path(
        "desk/delegations/<int:pk>/travel/<int:person>/",
        person.PersonTravelPage.as_view(),
        name="person_travel",
    ),
    path("desk/delegations/<int:pk>/check/", check.CheckPage.as_view(), name="check"),
    path("desk/delegations/<int:pk>/privacy/", delegation.PrivacyPage.as_view(), name="privacy"),
    path("desk/delegations/<int:pk>/withdraw/", delegation.WithdrawPage.as_view(), name="withdraw"),
    path("desk/delegations/<int:pk>/reopen/", delegation.Reopen.as_view(), name="reopen"),
]
