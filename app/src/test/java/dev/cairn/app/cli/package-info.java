// SPDX-License-Identifier: Apache-2.0
/** Tests of the command line within the process. */
@NullMarked
package dev.cairn.app.cli;

import org.jspecify.annotations.NullMarked;
