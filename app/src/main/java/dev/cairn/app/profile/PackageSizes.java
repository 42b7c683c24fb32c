// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.profile;

import java.util.OptionalLong;

/**
 * How large a package is, in octets, as far as that is known before it is here.
 *
 * @param own what it takes itself, unpacked
 * @param closure what it takes with all that it needs, what is there already included
 */
public record PackageSizes(OptionalLong own, OptionalLong closure) {
    public static final PackageSizes UNKNOWN = new PackageSizes(OptionalLong.empty(), OptionalLong.empty());
}
