// SPDX-License-Identifier: Apache-2.0
// sulcus-probe FILE...: reads each file and prints one byte for each that did not end the process. Run by core/imaging.
#include "core/imaging/image_io.h"
#include "core/imaging/probe.h"

#include <sys/resource.h>
#include <unistd.h>

int main(int count, char** arguments) {
    // No core files of patients' images, and no child of a child.
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    sulcus::imaging::setProbeProgram({});
    for (int n = 1; n < count; ++n) {
        const auto read = sulcus::imaging::readVolume(arguments[n], sulcus::TaskContext());
        const char answer = read ? '+' : '-';
        if (::write(STDOUT_FILENO, &answer, 1) != 1) {
            return 1;
        }
    }
    return 0;
}
