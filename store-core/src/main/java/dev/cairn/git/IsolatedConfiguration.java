// SPDX-License-Identifier: Apache-2.0
package dev.cairn.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps what the machine or the user set up for git out of here: it may name programs to run or other addresses to go
 * to, and finding it would start git itself.
 */
final class IsolatedConfiguration extends SystemReader.Delegate {
    private IsolatedConfiguration(SystemReader usual) {
        super(usual);
    }

    /** Makes the library read no configuration but that of repositories. */
    static void establish() {
        synchronized (IsolatedConfiguration.class) {
            if (!(SystemReader.getInstance() instanceof IsolatedConfiguration)) {
                SystemReader.setInstance(new IsolatedConfiguration(SystemReader.getInstance()));
            }
        }
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return nothing(parent, fs);
    }

    private static FileBasedConfig nothing(Config parent, FS fs) {
        return new FileBasedConfig(parent, null, fs) {
            @Override
            public void load() {
                // There is no file.
            }

            @Override
            public void save() {
                // What the library finds out about the machine's clock it finds out anew.
            }

            @Override
            public boolean isOutdated() {
                return false;
            }
        };
    }
}
