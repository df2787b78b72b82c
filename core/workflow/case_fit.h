// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/imaging/case.h"

#include <string>
#include <vector>

/// What of a case a bundle can read. In a library of its own, so that the session asks without linking networks.
namespace sulcus::workflow {

/// The volume that answers for one of a bundle's inputs: by sequence name; a single volume answers for a single input
/// whatever its name. Null when there is none.
imaging::VolumePtr volumeFor(const imaging::Case& imagingCase, const std::vector<std::string>& inputs,
                             const std::string& input);

/// Can a bundle with these inputs read something of the case? (What `gatherInput` would find.)
bool fitsCase(const std::vector<std::string>& inputs, const imaging::Case& imagingCase);

} // namespace sulcus::workflow
