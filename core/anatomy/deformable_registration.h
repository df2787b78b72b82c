// SPDX-License-Identifier: Apache-2.0
#pragma once

// Inside of core/anatomy: the bend alone, for any two volumes.

#include "core/anatomy/registration.h"

namespace sulcus::anatomy {

/// The deformation of `brain`'s space (LPS mm) under which `volume`, brought there by `toTemplate`, matches `brain`.
/// `brain` is above 0 in the brain alone; `stripped`: so is `volume`, and the outlines may guide.
/// Errors: Cancelled, Internal (the library gave up).
Result<Deformation> bendTowards(const imaging::Volume& volume, const imaging::LabelMap* tumour, bool stripped,
                                const AffineTransform& toTemplate, const imaging::Volume& brain,
                                const TaskContext& task);

} // namespace sulcus::anatomy
