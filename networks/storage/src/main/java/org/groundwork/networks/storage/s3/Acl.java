package org.groundwork.networks.storage.s3;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who but the owner of a bucket may do what with the bucket, or with one object. */
record Acl(List<Grant> grants) {
  static final int MAX_GRANTS = 100;

  /** The owner's list, where nothing else was said. */
  static Acl of(String owner) {
    return new Acl(List.of(new Grant(Grantee.user(owner), Permission.FULL_CONTROL)));
  }

  /** What is granted. */
  enum Permission {
    FULL_CONTROL,
    READ,
    WRITE,
    READ_ACP,
    WRITE_ACP;

    static Permission named(String name) throws S3Exception {
      return Arrays.stream(values())
          .filter(p -> p.name().equals(name))
          .findFirst()
          .orElseThrow(S3Error.MalformedACLError::exception);
    }
  }

  /** Groups by the address that S3 gave them, and single users. */
  enum Kind {
    USER(""),
    EVERYONE("http://acs.amazonaws.com/groups/global/AllUsers"),
    SIGNED_IN("http://acs.amazonaws.com/groups/global/AuthenticatedUsers"),
    LOG_DELIVERY("http://acs.amazonaws.com/groups/s3/LogDelivery");

    private final String uri;

    Kind(String uri) {
      this.uri = uri;
    }

    String uri() {
      return uri;
    }

    static Optional<Kind> ofUri(String uri) {
      return Arrays.stream(values()).filter(k -> k != USER && k.uri.equals(uri)).findFirst();
    }
  }

  /**
   * Who is granted something.
   *
   * @param id of a user; empty for a group
   */
  record Grantee(Kind kind, String id) {
    static Grantee user(String id) {
      return new Grantee(Kind.USER, id);
    }

    static Grantee group(Kind kind) {
      return new Grantee(kind, "");
    }

    boolean is(User user) {
      return switch (kind) {
        case USER -> id.equals(user.id());
        case EVERYONE -> true;
        case SIGNED_IN -> !user.anonymous();
        case LOG_DELIVERY -> false;
      };
    }
  }

  /** One right of one grantee. */
  record Grant(Grantee grantee, Permission permission) {}

  Acl {
    grants = List.copyOf(grants);
  }

  boolean allows(User user, Permission wanted) {
    return grants.stream()
        .anyMatch(grant ->
            (grant.permission() == wanted || grant.permission() == Permission.FULL_CONTROL)
                && grant.grantee().is(user));
  }

  /** The lists that have a name. */
  static Acl canned(String name, String owner, String bucketOwner) throws S3Exception {
    var grants = new ArrayList<>(of(owner).grants());
    switch (name) {
      case "private" -> {}
      case "public-read" -> grants.add(group(Kind.EVERYONE, Permission.READ));
      case "public-read-write" -> {
        grants.add(group(Kind.EVERYONE, Permission.READ));
        grants.add(group(Kind.EVERYONE, Permission.WRITE));
      }
      case "authenticated-read" -> grants.add(group(Kind.SIGNED_IN, Permission.READ));
      case "bucket-owner-read" -> grants.add(new Grant(Grantee.user(bucketOwner), Permission.READ));
      case "bucket-owner-full-control" -> {
        if (!bucketOwner.equals(owner)) {
          grants.add(new Grant(Grantee.user(bucketOwner), Permission.FULL_CONTROL));
        }
      }
      case "log-delivery-write" -> {
        grants.add(group(Kind.LOG_DELIVERY, Permission.WRITE));
        grants.add(group(Kind.LOG_DELIVERY, Permission.READ_ACP));
      }
      default -> throw S3Error.InvalidArgument.exception("Unknown canned ACL.");
    }
    return new Acl(grants);
  }

  private static Grant group(Kind kind, Permission permission) {
    return new Grant(Grantee.group(kind), permission);
  }
}
