// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
    /** The version of this build, from its jar; {@code development} when run from compiled classes. */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"cairn " + number()};
    }
}
