-- SPDX-License-Identifier: Apache-2.0
-- When a study was examined and to which visit it belongs, so that volumes can be plotted over time.

ALTER TABLE study ADD COLUMN examined_on TEXT NOT NULL DEFAULT '';
ALTER TABLE study ADD COLUMN visit_id INTEGER REFERENCES visit (id) ON DELETE SET NULL;
CREATE INDEX study_visit ON study (visit_id) WHERE visit_id IS NOT NULL;
