// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <string>

namespace sulcus::session {

/// Medical terms and everyday words under which a person may look for a symptom besides its name, in small letters,
/// separated by spaces; both spellings where British and American differ. Empty for an unknown id. Any thread.
QString symptomSearchWords(const std::string& id);

} // namespace sulcus::session
