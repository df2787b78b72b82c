// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace sulcus::learning {

/// While one lives, the process keeps the memory that it frees, and reuses it; when the last one goes, what is free
/// goes back to the system.
///
/// A network asks for the same large blocks layer after layer. glibc gives each back to the system and takes it anew,
/// at the price of a page fault for every 4 KiB, which on a virtual machine can cost several times the arithmetic.
/// Without glibc nothing happens. Thread: any; they may overlap.
class KeptMemory {
public:
    KeptMemory();
    ~KeptMemory();
    KeptMemory(const KeptMemory&) = delete;
    KeptMemory& operator=(const KeptMemory&) = delete;
};

} // namespace sulcus::learning
