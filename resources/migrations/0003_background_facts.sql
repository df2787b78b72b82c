-- SPDX-License-Identifier: Apache-2.0
-- Facts for tooltips, each about one symptom or about all, and the texts of the regions in Korean.

CREATE TABLE background_fact (
    id TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    symptom_id TEXT REFERENCES symptom (id),
    text_en TEXT NOT NULL,
    text_ko TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE background_fact_source (
    fact_id TEXT NOT NULL REFERENCES background_fact (id),
    position INTEGER NOT NULL,
    source_key TEXT NOT NULL REFERENCES knowledge_source (key),
    PRIMARY KEY (fact_id, position)
) STRICT, WITHOUT ROWID;

ALTER TABLE region_fact ADD COLUMN does_ko TEXT NOT NULL DEFAULT '';
ALTER TABLE region_fact ADD COLUMN signs_ko TEXT NOT NULL DEFAULT '';
ALTER TABLE region_fact ADD COLUMN tumour_ko TEXT NOT NULL DEFAULT '';
