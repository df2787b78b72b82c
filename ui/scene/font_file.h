// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace sulcus::scene {

/// A TrueType file like `path` whose letters VTK can draw.
///
/// VTK 9.1 looks letters up in a font's first character map, whatever that is. NanumGothic's first is MacRoman, so its
/// Hangul stays blank; its sisters in the same folder begin with Unicode, and one of those is returned instead. A file
/// that cannot be read gives an empty string: VTK's own font.
/// Thread: any. Each file is looked at once.
std::string drawableFontFile(const std::string& path);

} // namespace sulcus::scene
