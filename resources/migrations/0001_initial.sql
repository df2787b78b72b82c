-- SPDX-License-Identifier: Apache-2.0
-- Patients and what belongs to them; the knowledge tables as shipped; the hospital directory.
-- Days are ISO 8601 (YYYY-MM-DD), instants ISO 8601 in UTC. Numbers have their unit in the name.

CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Ids are never given twice, so that an undone removal finds its ids free.
-- The *_key columns hold the text in lower case: unique and searched by prefix.
CREATE TABLE patient (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pseudonym TEXT NOT NULL CHECK (length(pseudonym) > 0),
    pseudonym_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL DEFAULT '',
    name_key TEXT NOT NULL DEFAULT '',
    birth_year TEXT NOT NULL DEFAULT '',
    sex TEXT NOT NULL DEFAULT '' CHECK (sex IN ('', 'female', 'male', 'other')),
    handedness TEXT NOT NULL DEFAULT 'unknown' CHECK (handedness IN ('unknown', 'right', 'left')),
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX patient_name ON patient (name_key) WHERE name_key <> '';

CREATE TABLE visit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patient (id) ON DELETE CASCADE,
    date TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX visit_patient ON visit (patient_id, date);

-- No reference to the table of symptoms: that one is refreshed with the program, this one is the patient's.
CREATE TABLE visit_symptom (
    visit_id INTEGER NOT NULL REFERENCES visit (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    symptom_id TEXT NOT NULL,
    side TEXT NOT NULL DEFAULT 'unknown' CHECK (side IN ('unknown', 'left', 'right', 'both')),
    onset TEXT NOT NULL DEFAULT '',
    severity INTEGER NOT NULL DEFAULT 0 CHECK (severity BETWEEN 0 AND 3),
    note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (visit_id, position),
    UNIQUE (visit_id, symptom_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE study (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER REFERENCES patient (id) ON DELETE CASCADE,
    case_id TEXT NOT NULL,
    path TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    synthetic INTEGER NOT NULL DEFAULT 0 CHECK (synthetic IN (0, 1)),
    UNIQUE (case_id, path)
) STRICT;
CREATE INDEX study_patient ON study (patient_id);
CREATE INDEX study_opened ON study (opened_at);

CREATE TABLE segmentation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
    path TEXT NOT NULL DEFAULT '',
    bundle TEXT NOT NULL DEFAULT '',
    bundle_version TEXT NOT NULL DEFAULT '',
    weights_sha256 TEXT NOT NULL DEFAULT '',
    edited INTEGER NOT NULL DEFAULT 0 CHECK (edited IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX segmentation_study ON segmentation (study_id);

CREATE TABLE segmentation_volume (
    segmentation_id INTEGER NOT NULL REFERENCES segmentation (id) ON DELETE CASCADE,
    target TEXT NOT NULL,
    ml REAL NOT NULL,
    PRIMARY KEY (segmentation_id, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE cross_check (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
    verdict TEXT NOT NULL,
    json TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX cross_check_study ON cross_check (study_id);

CREATE TABLE report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX report_study ON report (study_id);

-- Knowledge, refilled whenever the shipped tables change. `position` keeps the order of the shipped rows.

CREATE TABLE symptom_group (
    id TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    name_en TEXT NOT NULL,
    name_ko TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE symptom (
    id TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    group_id TEXT NOT NULL REFERENCES symptom_group (id),
    name_en TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    question_en TEXT NOT NULL,
    question_ko TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE knowledge_source (
    key TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    rank INTEGER NOT NULL CHECK (rank BETWEEN 1 AND 3)
) STRICT, WITHOUT ROWID;

CREATE TABLE region_fact (
    code TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    name_en TEXT NOT NULL,
    name_ko TEXT NOT NULL,
    does TEXT NOT NULL,
    signs TEXT NOT NULL,
    tumour TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE region_fact_source (
    code TEXT NOT NULL REFERENCES region_fact (code),
    position INTEGER NOT NULL,
    source_key TEXT NOT NULL REFERENCES knowledge_source (key),
    PRIMARY KEY (code, position)
) STRICT, WITHOUT ROWID;

-- A region of NULL is ANY: the link never gives a place.
CREATE TABLE symptom_link (
    id INTEGER PRIMARY KEY,
    symptom_id TEXT NOT NULL REFERENCES symptom (id),
    region TEXT REFERENCES region_fact (code),
    strength INTEGER NOT NULL CHECK (strength BETWEEN 0 AND 3),
    side_rule TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE symptom_link_source (
    link_id INTEGER NOT NULL REFERENCES symptom_link (id),
    position INTEGER NOT NULL,
    source_key TEXT NOT NULL REFERENCES knowledge_source (key),
    PRIMARY KEY (link_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE department (
    code TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    name_en TEXT NOT NULL,
    name_ko TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The directory. Rows of origin 'user' were added or changed by a person and outlive a refresh; a shipped hospital that a
-- person removed stays as a hidden row of theirs, else the next refresh would bring it back.
CREATE TABLE hospital (
    id TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('shipped', 'user')),
    hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
    name_en TEXT NOT NULL CHECK (length(name_en) > 0),
    name_local TEXT NOT NULL,
    city TEXT NOT NULL,
    region TEXT NOT NULL,
    country TEXT NOT NULL,
    latitude REAL NOT NULL CHECK (latitude BETWEEN -90 AND 90),
    longitude REAL NOT NULL CHECK (longitude BETWEEN -180 AND 180),
    website TEXT NOT NULL,
    tertiary INTEGER NOT NULL CHECK (tertiary IN (0, 1)),
    children_only INTEGER NOT NULL CHECK (children_only IN (0, 1))
) STRICT, WITHOUT ROWID;

-- No reference to the table of departments, for the same reason as with symptoms.
CREATE TABLE hospital_department (
    hospital_id TEXT NOT NULL REFERENCES hospital (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
    PRIMARY KEY (hospital_id, position),
    UNIQUE (hospital_id, code)
) STRICT, WITHOUT ROWID;
