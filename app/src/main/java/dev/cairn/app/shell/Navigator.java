// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.shell;

/** The way from one section to another. For use on the user interface's thread. */
public interface Navigator {
    /** Whether there is such a section. */
    boolean has(SectionId section);

    /** Shows a section as it was left. */
    void show(SectionId section);

    /** Shows the section that an intent is for, and has it show that; does nothing where there is no such section. */
    void show(Intent intent);
}
