package org.groundwork.networks.storage.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The three ways in which clients write an access control list: by name, by headers, as XML. */
final class AclRequest {
  private static final String CANNED = "x-amz-acl";
  private static final Map<String, Acl.Permission> HEADERS =
      Map.of(
          "x-amz-grant-full-control", Acl.Permission.FULL_CONTROL,
          "x-amz-grant-read", Acl.Permission.READ,
          "x-amz-grant-read-acp", Acl.Permission.READ_ACP,
          "x-amz-grant-write", Acl.Permission.WRITE,
          "x-amz-grant-write-acp", Acl.Permission.WRITE_ACP);
  private static final Pattern GRANTEE = Pattern.compile("\\s*(\\w+)\\s*=\\s*\"?([^\",]*)\"?\\s*");

  private final Users users;

  AclRequest(Users users) {
    this.users = users;
  }

  /** The list that the headers tell, if they tell one. */
  Optional<Acl> ofHeaders(S3Request request, String owner, String bucketOwner) throws S3Exception {
    Optional<String> canned = request.header(CANNED).filter(name -> !name.isEmpty());
    var grants = new ArrayList<Acl.Grant>();
    for (String name : request.headers().keySet()) {
      Acl.Permission permission = HEADERS.get(name);
      if (permission != null) {
        for (Acl.Grantee grantee : grantees(request.header(name).orElse(""))) {
          grants.add(new Acl.Grant(grantee, permission));
        }
      }
    }
    if (canned.isPresent() && !grants.isEmpty()) {
      throw S3Error.InvalidRequest.exception(
          "Specifying both Canned ACLs and Header Grants is not allowed");
    }
    if (canned.isPresent()) {
      return Optional.of(Acl.canned(canned.get(), owner, bucketOwner));
    }
    return grants.isEmpty() ? Optional.empty() : Optional.of(new Acl(bounded(grants)));
  }

  private static List<Acl.Grant> bounded(List<Acl.Grant> grants) throws S3Exception {
    if (grants.size() > Acl.MAX_GRANTS) {
      throw S3Error.MalformedACLError.exception("At most " + Acl.MAX_GRANTS + " grants.");
    }
    return grants;
  }

  private List<Acl.Grantee> grantees(String header) throws S3Exception {
    var grantees = new ArrayList<Acl.Grantee>();
    for (String one : header.split(",", Acl.MAX_GRANTS + 1)) {
      Matcher matcher = GRANTEE.matcher(one);
      if (!matcher.matches()) {
        throw S3Error.InvalidArgument.exception("Argument format not recognized");
      }
      grantees.add(
          switch (String.valueOf(matcher.group(1))) {
            case "id" -> user(String.valueOf(matcher.group(2)));
            case "uri" -> group(String.valueOf(matcher.group(2)));
            case "emailAddress" -> throw S3Error.UnresolvableGrantByEmailAddress.exception();
            default -> throw S3Error.InvalidArgument.exception("Argument format not recognized");
          });
    }
    return grantees;
  }

  private Acl.Grantee user(String id) throws S3Exception {
    return Acl.Grantee.user(
        users.user(id).orElseThrow(() -> S3Error.InvalidArgument.exception("Invalid id")).id());
  }

  private static Acl.Grantee group(String uri) throws S3Exception {
    return Acl.Grantee.group(
        Acl.Kind.ofUri(uri)
            .orElseThrow(() -> S3Error.InvalidArgument.exception("Invalid group uri")));
  }

  /**
   * Reads an {@code AccessControlPolicy}.
   *
   * @param owner who cannot be changed by it
   */
  Acl ofDocument(XmlNode document, String owner) throws S3Exception {
    List<XmlNode> owners = document.all("Owner");
    List<XmlNode> lists = document.all("AccessControlList");
    if (owners.size() != 1 || lists.size() != 1) {
      throw S3Error.MalformedACLError.exception();
    }
    if (!owners.getFirst().child("ID").orElse("").strip().equals(owner)) {
      throw S3Error.AccessDenied.exception();
    }
    var grants = new ArrayList<Acl.Grant>();
    for (XmlNode grant : lists.getFirst().all("Grant")) {
      List<XmlNode> grantees = grant.all("Grantee");
      if (grantees.size() != 1) {
        throw S3Error.MalformedACLError.exception();
      }
      grants.add(
          new Acl.Grant(
              grantee(grantees.getFirst()),
              Acl.Permission.named(grant.child("Permission").orElse("").strip())));
    }
    return new Acl(bounded(grants));
  }

  private Acl.Grantee grantee(XmlNode node) throws S3Exception {
    Optional<String> id = node.child("ID");
    Optional<String> uri = node.child("URI");
    if (id.isPresent()) {
      return user(id.get().strip());
    }
    if (uri.isPresent()) {
      return group(uri.get().strip());
    }
    throw node.child("EmailAddress").isPresent()
        ? S3Error.UnresolvableGrantByEmailAddress.exception()
        : S3Error.MalformedACLError.exception();
  }
}
