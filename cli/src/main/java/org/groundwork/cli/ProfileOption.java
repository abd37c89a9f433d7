package org.groundwork.cli;

import org.groundwork.networks.storage.ipld.Profile;
import picocli.CommandLine.Option;

/** How files become DAGs. */
final class ProfileOption {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "unixfs-v1-2025",
      description = {
        "How a file becomes a DAG, which decides its CID: unixfs-v1-2025, kubo-legacy-cid-v0,",
        "kubo-cidv1-256k or kubo-test-cid-v1 (default: ${DEFAULT-VALUE})."
      })
  private String name;

  Profile get() {
    return Profile.named(name)
        .orElseThrow(() -> new Failure("There is no profile " + name + "; see --help."));
  }
}
