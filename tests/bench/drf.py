"""The yardstick from another house: the same profile by Django REST framework, with neither token nor audit."""

import os
from typing import Any
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import models
from django.urls import path


def _database() -> dict[str, Any]:
    url = urlsplit(os.environ["BENCH_DATABASE_URL"])
    if url.scheme.startswith("sqlite"):
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": url.path[1:]}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path[1:],
        "USER": url.username,
        "HOST": os.environ["BENCH_SOCKET"],
        "CONN_MAX_AGE": None,
        "OPTIONS": {"options": "-c kompetanse.municipality=*"},
    }


settings.configure(
    DEBUG=False,
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    TIME_ZONE="UTC",
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],  # sets Content-Length
    DATABASES={"default": _database()},
    INSTALLED_APPS=["rest_framework"],
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    },
)
django.setup()

from rest_framework import generics, serializers  # noqa: E402 - Django must be configured first


class Json(models.JSONField):
    """PostgreSQL's `json`, which the driver decodes already; Django knows `jsonb` only."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return super().from_db_value(value, expression, connection) if isinstance(value, str) else value


class Person(models.Model):
    id = models.UUIDField(primary_key=True)
    municipality_no = models.CharField(max_length=4)
    version = models.IntegerField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    born = models.CharField(max_length=10)
    citizenships = Json()
    country_of_origin = models.CharField(max_length=2)
    arrived_in_norway = models.CharField(max_length=10)
    arrived_in_municipality = models.CharField(max_length=10)
    residence_basis = models.CharField(max_length=32)
    residence_until = models.DateField()
    may_work = models.BooleanField()
    may_work_until = models.DateField()
    contact_languages = Json()
    needs_interpreter = models.BooleanField()
    protected_address = models.BooleanField()
    archived_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "person"
        app_label = "bench"


class Skill(models.Model):
    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="skills", db_column="person_id")
    key = models.CharField(max_length=200)
    label = models.CharField(max_length=200)
    holds = models.BooleanField()
    evidence = models.CharField(max_length=32)

    class Meta:
        managed = False
        db_table = "skill"
        app_label = "bench"


class SkillSerializer(serializers.ModelSerializer):
    class Meta:
        model = Skill
        fields = ("id", "key", "label", "holds", "evidence")


class PersonSerializer(serializers.ModelSerializer):
    skills = SkillSerializer(many=True)

    class Meta:
        model = Person
        fields = "__all__"


class PersonView(generics.RetrieveAPIView):
    queryset = Person.objects.prefetch_related("skills")
    serializer_class = PersonSerializer


urlpatterns = [path("people/<uuid:pk>", PersonView.as_view())]
app = WSGIHandler()
