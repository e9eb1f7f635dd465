import factory

from accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """A user with a verified address, who can sign in."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person-{n}@parliament.example")
    name = factory.Sequence(lambda n: f"Specimen Person {n}")

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        self.emailaddress_set.create(email=self.email, primary=True, verified=extracted is not False)


class StaffFactory(UserFactory):
    """A member of the secretariat with all permissions."""

    email = factory.Sequence(lambda n: f"officer-{n}@secretariat.example")
    is_staff = True
    is_superuser = True
