"""A SCORM package is a small zip that the standard's schema accepts, with the page's own code."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from pathlib import PurePosixPath
from xml.etree import ElementTree

import pytest
from handouts import data_of, packed
from scorm_schema import scorm_schema

from attention.export import handout, scorm_package
from attention.lessons import load_lessons
from attention.lessons.writing import source_of
from attention.scene import Scene
from attention.scripts import script
from attention.texts import languages, texts
from attention.ui.handout import make_scorm, make_scorm_course

LESSONS = load_lessons()[0]
SCENE = LESSONS["fear"].start
REQUEST = {"lesson": "fear", "scene": SCENE.model_dump(mode="json")}
NAMESPACE = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
HOSTILE = "<b>&\"'\x07]]></title> " + "ё" * 300


def opened(package: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(package))


def manifest(package: bytes) -> str:
    return opened(package).read("imsmanifest.xml").decode()


def page(package: bytes) -> str:
    return opened(package).read("index.html").decode()


def titles(package: bytes) -> set[str]:
    return {
        node.text for node in ElementTree.fromstring(manifest(package)).iter(f"{NAMESPACE}title")
    }


@pytest.mark.parametrize("lang", languages())
def test_the_schema_of_the_standard_accepts_every_manifest(lang):
    schema = scorm_schema()
    for package in [
        scorm_package(lang=lang),
        *(scorm_package(lesson, name=name, lang=lang) for name, lesson in LESSONS.items()),
    ]:
        schema.validate(manifest(package))


def test_the_schema_notices_what_is_wrong():
    whole = manifest(scorm_package(LESSONS["fear"], name="fear"))
    for right, wrong in [
        ('scormtype="sco"', 'scormtype="page"'),
        ("<schemaversion>1.2<", "<schemaversion>1.23456789012345678901<"),
        ('<item identifier="item"', "<item"),
        ("organizations", "organisations"),
    ]:
        assert right in whole and not scorm_schema().is_valid(whole.replace(right, wrong)), wrong


def test_the_title_is_in_the_language_of_the_page_and_stays_a_title_whatever_it_says():
    assert titles(scorm_package(LESSONS["fear"], name="fear", lang="ru")) == {
        LESSONS["fear"].for_page("fear")["title"]["ru"]
    }
    assert titles(scorm_package(lang="ru")) == {texts()["ru"]["page_title"]}
    hostile = LESSONS["fear"].model_copy(update={"title": dict.fromkeys(("en", "ru"), HOSTILE)})
    package = scorm_package(hostile, name="own & <hostile>", lang="en")
    scorm_schema().validate(manifest(package))
    (title,) = titles(package)
    assert title.startswith("<b>&\"'") and len(title) <= 200 and "\x07" not in title


def test_it_is_two_small_files_without_a_path_the_same_each_time():
    package = scorm_package(LESSONS["fear"], SCENE, name="fear", lang="en")
    assert package == scorm_package(LESSONS["fear"], SCENE, name="fear", lang="en")
    files = opened(package)
    assert files.testzip() is None
    assert files.namelist() == ["imsmanifest.xml", "index.html"]
    for entry in files.infolist():
        path = PurePosixPath(entry.filename)
        assert not path.is_absolute() and ".." not in path.parts
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
    assert max(len(scorm_package(one, name=name)) for name, one in LESSONS.items()) < 130_000
    assert len(scorm_package()) < 150_000


def test_it_is_the_handout_with_another_program_and_its_words():
    settings = {"name": "fear", "lang": "ru", "hide": ["mask", "temperature"]}
    package = page(scorm_package(LESSONS["fear"], SCENE, **settings))
    paper = handout(LESSONS["fear"], SCENE, **settings)
    assert script("scorm.js") in packed(package, "script")
    assert "LMSInitialize" not in packed(paper, "script")
    whole, less = data_of(package), data_of(paper)
    assert "hide=mask,temperature" in whole["opening"]
    told = {key for key in whole["texts"]["en"] if key not in less["texts"]["en"]}
    assert told and all(key.startswith("lms_") for key in told)
    for data in (whole, less):
        del data["texts"]
    assert whole == less
    assert not re.findall(r"https?://|(?:src|href)=\"(?!data:)", package)


def test_the_course_has_every_lesson():
    data = data_of(page(scorm_package(lang="ru", hide=["kind"])))
    assert list(data["lessons"]) == list(LESSONS)
    assert data["home"] and data["opening"] == "#lang=ru&hide=kind"


def test_the_server_makes_one_of_a_lesson_that_ships_of_a_teacher_s_own_and_of_the_course():
    def content(made: dict) -> bytes:
        assert made["type"] == "application/zip"
        return base64.b64decode(made["content"])

    made = make_scorm(REQUEST | {"lang": "ru"})
    assert made["name"] == "attention-fear-scorm.zip"
    assert content(made) == scorm_package(LESSONS["fear"], SCENE, name="fear", lang="ru")
    made = make_scorm({"source": source_of("fear"), "scene": REQUEST["scene"]})
    assert made["name"] == "attention-own-scorm.zip"
    assert list(data_of(page(content(made)))["lessons"]) == ["own"]
    made = make_scorm_course({"lang": "ru"})
    assert made["name"] == "attention-scorm.zip"
    assert content(made) == scorm_package(lang="ru")


@pytest.mark.parametrize(
    "wrong",
    [{"lesson": "../secret"}, {"lesson": None}, {"source": "x"}, {"lang": "xx"}, {"scene": {}}],
    ids=str,
)
def test_the_server_refuses_what_it_cannot_make(wrong):
    assert set(make_scorm(REQUEST | wrong)) == {"error"}
    assert set(make_scorm_course({"lang": "xx"})) == {"error"}


def test_a_hostile_name_stays_in_its_string():
    evil = "</script><img src=x onerror=alert(1)>"
    scene = Scene(rows=[evil, "<!--"], columns=["</title>"], x=[[1], [2]], w=[1])
    whole = page(scorm_package(LESSONS["fear"], scene, name="fear"))
    assert evil not in whole and whole.count("</script>") == 4
