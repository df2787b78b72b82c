// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workflow/workflow.h"
#include "ui/session/angiography_session.h"
#include "ui/session/services.h"

#include <QString>

namespace sulcus::app {

/// What the window asks of the rest of the program, answered by core/workflow and ui/report.
session::Services windowServices(const workflow::Paths& paths, const QString& language);

/// The angiography view's part of it: the first classification bundle that takes eight views answers.
session::AngiographyServices angiographyServices(const workflow::Paths& paths);

} // namespace sulcus::app
