// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/app/schema_check.h"

#include <QFile>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QtTest>

namespace sulcus::tests {

struct CliAnswer {
    int status = -1;
    QString out;
    QString err;
    nlohmann::json json() const { return nlohmann::json::parse(out.toStdString(), nullptr, false); }
};

/// The program with a database and a cache of its own, so that no test touches those of the person who runs it.
class CliRunner {
public:
    CliRunner() {
        m_environment = QProcessEnvironment::systemEnvironment();
        m_environment.insert("XDG_DATA_HOME", m_home.filePath("data"));
        // Threads that spin while they wait slow everything down on a machine that runs other tests too.
        m_environment.insert("OMP_WAIT_POLICY", "passive");
        for (const char* name : {"SULCUS_DB", "SULCUS_MODELS", "SULCUS_TEMPLATES"})
            m_environment.remove(name);
    }

    static QString program() { return QStringLiteral(SULCUS_BINARY_DIR "/bin/sulcus-cli"); }
    QString file(const QString& name) const { return m_home.filePath(name); }

    std::unique_ptr<QProcess> start(const QStringList& arguments) const {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(m_environment);
        process->start(program(), arguments);
        return process;
    }
    CliAnswer run(const QStringList& arguments, int timeoutMs = 240000) const {
        const auto process = start(arguments);
        if (!process->waitForFinished(timeoutMs)) {
            process->kill();
            process->waitForFinished();
            return {-2, {}, QStringLiteral("no answer in time")};
        }
        return {process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -3,
                QString::fromUtf8(process->readAllStandardOutput()),
                QString::fromUtf8(process->readAllStandardError())};
    }

private:
    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
};

inline nlohmann::json cliSchema() {
    QFile file(QStringLiteral(SULCUS_SOURCE_DIR "/resources/schema/cli.schema.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return nlohmann::json::parse(file.readAll().toStdString(), nullptr, false);
}

/// What is wrong with a verb's answer, in one text; empty when it follows the schema.
inline QString schemaProblems(const std::string& verb, const CliAnswer& answer) {
    const auto schema = cliSchema();
    if (schema.is_discarded() || !schema["properties"].contains(verb))
        return QStringLiteral("no schema for this verb");
    const auto value = answer.json();
    if (value.is_discarded())
        return QStringLiteral("stdout is no JSON: ") + answer.out.left(300) + answer.err.left(300);
    QString text;
    for (const auto& violation : schemaViolations(value, schema["properties"][verb], schema))
        text += QString::fromStdString(violation) + '\n';
    return text;
}

} // namespace sulcus::tests
