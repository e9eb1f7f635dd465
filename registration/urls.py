from django.urls import path

from registration.views import delegation, desk, invitation

app_name = "registration"

urlpatterns = [
    path("invitation/", invitation.InvitationPage.as_view(), name="invitation"),
    path("invitation/claim/", invitation.claim, name="claim"),
    path("invitation/<str:token>/", invitation.link, name="link"),
    path("desk/", desk.desk, name="desk"),
    path("desk/delegations/<int:pk>/", delegation.DelegationPage.as_view(), name="delegation"),
    path("desk/delegations/<int:pk>/check/", delegation.CheckPage.as_view(), name="check"),
]
