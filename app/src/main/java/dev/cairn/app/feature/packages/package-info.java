// SPDX-License-Identifier: Apache-2.0
/** Packages: search beside the details of one package. */
@NullMarked
package dev.cairn.app.feature.packages;

import org.jspecify.annotations.NullMarked;
