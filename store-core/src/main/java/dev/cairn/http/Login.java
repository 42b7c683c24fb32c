// SPDX-License-Identifier: Apache-2.0
package dev.cairn.http;

/** A name and a password; never shown. */
public record Login(String name, String password) {
    /** What stands before the at sign of an address: {@code NAME:PASSWORD}, escapes resolved already. */
    public static Login of(String info) {
        int colon = info.indexOf(':');
        return colon < 0 ? new Login(info, "") : new Login(info.substring(0, colon), info.substring(colon + 1));
    }

    @Override
    public String toString() {
        return "a name and a password";
    }
}
