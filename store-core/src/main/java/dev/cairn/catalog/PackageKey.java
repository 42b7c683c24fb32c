// SPDX-License-Identifier: Apache-2.0
package dev.cairn.catalog;

/** What identifies a package in the catalog. */
public record PackageKey(String channel, String name, String version) {
    /** {@code NAME@VERSION}. */
    public String label() {
        return name + "@" + version;
    }
}
