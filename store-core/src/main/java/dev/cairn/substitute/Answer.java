// SPDX-License-Identifier: Apache-2.0
package dev.cairn.substitute;

import dev.cairn.narinfo.Narinfo;

/** What one server says of one item. */
sealed interface Answer {
    /** It has it, or says so. */
    record Said(Narinfo narinfo) implements Answer {}

    /** It does not have it. */
    record Absent() implements Answer {}

    /** What it says is no narinfo of the item; it may be no server of substitutes. @param why as for {@link Unusable} */
    record Strange(String why) implements Answer {}

    /** It does not say anything of use. @param why as the end of a sentence that begins with the server */
    record Unusable(String why) implements Answer {}
}
