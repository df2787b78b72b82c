// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/clinic/hospital.h"
#include "core/clinic/knowledge.h"

#include <string>
#include <vector>

namespace sulcus::store {

/// The tables of resources/knowledge as compiled into the program, read once. A database is seeded from them; whoever
/// has no database uses them directly. Any thread.
const clinic::Knowledge& shippedKnowledge();
const std::vector<clinic::Hospital>& shippedHospitals();

/// Changes whenever a byte of the shipped tables changes: 16 hexadecimal digits (FNV-1a, 64 bit).
const std::string& shippedFingerprint();

} // namespace sulcus::store
