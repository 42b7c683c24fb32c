// SPDX-License-Identifier: Apache-2.0
package dev.cairn.build.hook;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes what profiles have besides the files of their packages, as far as that takes no tools: the menu of manuals,
 * the bundle of certificates, Emacs' list of folders, which programs open which files, and the lists of icons. Nothing
 * is made that the packages have nothing for.
 */
public final class ProfileHooks {
    private ProfileHooks() {}

    /**
     * Makes the files.
     *
     * @param output a folder, in which they get the names that they have in the profile
     */
    public static void make(HookInputs inputs, Path output) throws IOException {
        InfoDirectory.add(inputs, output);
        CertificateBundle.add(inputs, output);
        EmacsFolders.add(inputs, output);
        DesktopEntries.add(inputs, output);
        IconThemes.add(inputs, output);
    }
}
