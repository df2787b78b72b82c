-- SPDX-License-Identifier: Apache-2.0
-- What the fixture databases hold besides the schema. Every person, hospital and path is made up.
INSERT INTO setting (key, value) VALUES ('knowledge_fingerprint', '0000000000000000');
INSERT INTO symptom_group (id, position, name_en, name_ko) VALUES ('old', 0, 'Old group', '옛 묶음');
INSERT INTO symptom (id, position, group_id, name_en, name_ko, question_en, question_ko)
    VALUES ('old_symptom', 0, 'old', 'Withdrawn symptom', '없어진 증상', 'Was it ever there?', '있었습니까?');
INSERT INTO hospital (id, position, origin, hidden, name_en, name_local, city, region, country, latitude, longitude, website,
                      tertiary, children_only)
    VALUES ('xx-withdrawn', 0, 'shipped', 0, 'Withdrawn Hospital', '', 'Nowhere', '', '', 0.0, 0.0, '', 0, 0),
           ('kr-snuh', 1, 'user', 0, 'Renamed by a person', '', 'Seoul', '', 'KR', 37.5, 127.0, '', 0, 0),
           ('kr-amc', 2, 'user', 1, 'Removed by a person', '', 'Seoul', '', 'KR', 37.5, 127.1, '', 0, 0),
           ('own-clinic', 3, 'user', 0, 'Clinic of a person', '', 'Busan', '', 'KR', 35.1, 129.0, '', 0, 0);
INSERT INTO hospital_department (hospital_id, position, code, verified)
    VALUES ('xx-withdrawn', 0, 'NS', 0), ('own-clinic', 0, 'NS', 1), ('own-clinic', 1, 'RT', 0);
INSERT INTO patient (id, pseudonym, pseudonym_key, name, name_key, birth_year, sex, handedness, note)
    VALUES (1, 'FIX-001', 'fix-001', 'Fixture One', 'fixture one', '1980', 'female', 'right', 'made up'),
           (2, 'FIX-002', 'fix-002', '가상 환자', '가상 환자', '', '', 'left', '');
INSERT INTO visit (id, patient_id, date, note) VALUES (1, 1, '2024-01-02', ''), (2, 1, '2024-02-03', 'second');
INSERT INTO visit_symptom (visit_id, position, symptom_id, side, onset, severity, note)
    VALUES (1, 0, 'headache', 'unknown', '', 1, ''), (2, 0, 'weakness_one_side', 'left', '2024-01-20', 2, 'arm');
INSERT INTO study (id, patient_id, case_id, path, opened_at, synthetic)
    VALUES (1, 1, 'Fixture_001', '/made/up/Fixture_001', '2024-02-03T10:00:00Z', 1),
           (2, NULL, 'Fixture_002', '/made/up/Fixture_002', '2024-02-04T10:00:00Z', 1);
INSERT INTO segmentation (id, study_id, path, bundle, bundle_version, weights_sha256, edited, created_at)
    VALUES (1, 1, '/made/up/mask.nii.gz', 'brain-tumour', '1', 'ab', 0, '2024-02-03T10:05:00Z');
INSERT INTO segmentation_volume (segmentation_id, target, ml) VALUES (1, 'WT', 41.5), (1, 'TC', 20.25);
INSERT INTO cross_check (id, study_id, verdict, json, created_at)
    VALUES (1, 1, 'agrees', '{"verdict":"agrees"}', '2024-02-03T10:06:00Z');
INSERT INTO report (id, study_id, path, created_at) VALUES (1, 1, '/made/up/report.png', '2024-02-03T10:07:00Z');
