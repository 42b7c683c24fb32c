// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.cli;

import picocli.CommandLine.Command;

@Command(name = "cairn", mixinStandardHelpOptions = true, version = "cairn 0.1.0")
final class RootCommand {}
