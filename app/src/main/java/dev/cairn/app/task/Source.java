// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.task;

import dev.cairn.error.CairnException;

/**
 * Something that is opened when first needed, which may take time and fail; not to be asked on the user interface's
 * thread.
 */
@FunctionalInterface
public interface Source<T> {
    T get() throws CairnException;
}
