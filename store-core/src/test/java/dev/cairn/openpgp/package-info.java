// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.cairn.openpgp;

import org.jspecify.annotations.NullMarked;
