// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <array>
#include <cstring>

namespace sulcus::test {

/// A CT slice of 8x6 pixels written by hand: explicit little endian, 16 bits, slope 1, intercept -1000.
struct HandSlice {
    std::array<double, 3> position{0, 0, 0};
    std::array<double, 6> orientation{1, 0, 0, 0, 1, 0};
    int instance = 1;
    int value = 0; ///< of every pixel; pixel (2,1) holds value + 100
    const char* series = "1.2.3.4";
    const char* description = "HEAD";

    QByteArray bytes() const {
        QByteArray meta;
        add(meta, 0x0002, 0x0002, "UI", "1.2.840.10008.5.1.4.1.1.2");
        add(meta, 0x0002, 0x0003, "UI", QByteArray("1.2.9.") + QByteArray::number(instance));
        add(meta, 0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1");
        QByteArray b(128, '\0');
        b += "DICM";
        QByteArray length(4, '\0');
        const auto count = static_cast<quint32>(meta.size());
        std::memcpy(length.data(), &count, 4);
        add(b, 0x0002, 0x0000, "UL", length);
        b += meta;
        add(b, 0x0008, 0x0016, "UI", "1.2.840.10008.5.1.4.1.1.2");
        add(b, 0x0008, 0x0018, "UI", QByteArray("1.2.9.") + QByteArray::number(instance));
        add(b, 0x0008, 0x0060, "CS", "CT");
        add(b, 0x0008, 0x103E, "LO", description);
        add(b, 0x0018, 0x0050, "DS", "2.5");
        add(b, 0x0020, 0x000D, "UI", "1.2.3");
        add(b, 0x0020, 0x000E, "UI", series);
        add(b, 0x0020, 0x0013, "IS", QByteArray::number(instance));
        add(b, 0x0020, 0x0032, "DS", joined(position));
        add(b, 0x0020, 0x0037, "DS", joined(orientation));
        add(b, 0x0028, 0x0002, "US", word(1));
        add(b, 0x0028, 0x0004, "CS", "MONOCHROME2");
        add(b, 0x0028, 0x0010, "US", word(6));
        add(b, 0x0028, 0x0011, "US", word(8));
        add(b, 0x0028, 0x0030, "DS", "2\\0.5");
        add(b, 0x0028, 0x0100, "US", word(16));
        add(b, 0x0028, 0x0101, "US", word(16));
        add(b, 0x0028, 0x0102, "US", word(15));
        add(b, 0x0028, 0x0103, "US", word(0));
        add(b, 0x0028, 0x1052, "DS", "-1000");
        add(b, 0x0028, 0x1053, "DS", "1");
        QByteArray pixels;
        for (int n = 0; n < 48; ++n) {
            pixels += word(static_cast<quint16>(value + (n == 10 ? 100 : 0)));
        }
        b += QByteArray("\xE0\x7F\x10\x00OW\0\0", 8);
        const auto size = static_cast<quint32>(pixels.size());
        b.append(reinterpret_cast<const char*>(&size), 4);
        return b + pixels;
    }

    template <std::size_t N>
    static QByteArray joined(const std::array<double, N>& values) {
        QByteArrayList words;
        for (const double v : values) {
            words << QByteArray::number(v, 'g', 8);
        }
        return words.join('\\');
    }
    static QByteArray word(quint16 v) { return {reinterpret_cast<const char*>(&v), 2}; }
    static void add(QByteArray& to, quint16 group, quint16 element, const char* vr, QByteArray value) {
        if (value.size() % 2 != 0) {
            value += QByteArray(vr) == "UI" ? '\0' : ' ';
        }
        to += word(group) + word(element) + QByteArray(vr, 2) + word(static_cast<quint16>(value.size())) + value;
    }
};

} // namespace sulcus::test
