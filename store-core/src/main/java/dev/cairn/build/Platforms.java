// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build;

import dev.cairn.build.sandbox.Platform;
import dev.cairn.daemon.StoreSettings;
import dev.cairn.derivation.Derivation;
import dev.cairn.path.StorePath;

/** What builders for other systems than this machine's own are shown and told (daemon, sections 8.4 and 8.7). */
final class Platforms {
    private Platforms() {}

    static Platform of(StorePath path, Derivation derivation, StoreSettings settings) {
        String system = derivation.system();
        String own = settings.system();
        int personality = Platform.NO_RANDOMISATION;
        boolean small = own.equals("x86_64-linux") && system.equals("i686-linux")
                || own.equals("aarch64-linux") && system.equals("armhf-linux");
        if (small) {
            personality |= Platform.LINUX32;
        }
        boolean x86 = system.equals("x86_64-linux") || system.equals("i686-linux");
        if (settings.impersonateLinux26() && x86) {
            personality |= Platform.UNAME26;
        }
        String refusal = system.equals(own) || small
                ? ""
                : "@ unsupported-platform " + path + " " + system + "\na `" + system + "' is required to build `" + path
                        + "', but I am a `" + own + "'\n";
        return new Platform(personality, refusal, !kernel(system).equals(kernel(own)));
    }

    /** What follows the hyphen. */
    private static String kernel(String system) {
        return system.substring(system.indexOf('-') + 1);
    }
}
