// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app;

import dev.cairn.error.CairnException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A part that is made when first asked for; a failure is not remembered. Safe for use by several threads. */
final class Once<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable T value;

    /** How to make the part. */
    @FunctionalInterface
    interface Maker<T> {
        T make() throws CairnException;
    }

    T get(Maker<T> maker) throws CairnException {
        T known = value;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            T made = value;
            if (made == null) {
                made = maker.make();
                value = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    /** Has the part made anew when it is next asked for; gives the one that there was. */
    @Nullable T forget() {
        lock.lock();
        try {
            T known = value;
            value = null;
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** Puts another part in the place of the one that there was, and gives that. */
    @Nullable T replace(T other) {
        lock.lock();
        try {
            T known = value;
            value = other;
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** The part, if it was made. */
    @Nullable T opened() {
        return value;
    }
}
