package org.groundwork.networks.storage.s3;

/** The error codes that clients key on, each with its HTTP status and what to say by default. */
enum S3Error {
  AccessDenied(403, "Access Denied"),
  AccessForbidden(403, "CORSResponse: This CORS request is not allowed."),
  AuthorizationHeaderMalformed(400, "The authorization header that you provided is not valid."),
  AuthorizationQueryParametersError(400, "The authorization query parameters are not valid."),
  BadDigest(400, "The digest that you specified does not match what was received."),
  BadRequest(400, "Bad Request"),
  BucketAlreadyExists(409, "The requested bucket name is not available: somebody else owns it."),
  BucketAlreadyOwnedByYou(409, "You already own a bucket of this name."),
  BucketNotEmpty(409, "The bucket that you tried to delete is not empty."),
  EntityTooLarge(400, "Your proposed upload exceeds the maximum allowed object size."),
  EntityTooSmall(400, "Every part but the last must be at least 5 MiB."),
  /** Not an S3 code: the providers have no room. 507 is not retried by the clients. */
  InsufficientStorage(507, "The storage providers have no room for this object."),
  IncompleteBody(400, "You did not provide the number of bytes that the request announced."),
  InternalError(500, "We encountered an internal error. Please try again."),
  InvalidAccessKeyId(403, "The access key that you provided does not exist here."),
  InvalidArgument(400, "Invalid Argument"),
  InvalidBucketName(400, "The specified bucket is not valid."),
  InvalidDigest(400, "The Content-MD5 that you specified is not valid."),
  InvalidPart(
      400,
      "One or more of the specified parts could not be found, or its entity tag did not match."),
  InvalidPartOrder(400, "The list of parts was not in ascending order."),
  InvalidPolicyDocument(400, "Invalid Policy"),
  InvalidRange(416, "The requested range is not satisfiable."),
  InvalidRequest(400, "Invalid Request"),
  InvalidStorageClass(400, "The storage class that you specified is not valid."),
  InvalidTag(400, "The tag provided was not a valid tag."),
  InvalidURI(400, "Couldn't parse the specified URI."),
  KeyTooLongError(400, "Your key is too long: at most 1024 bytes."),
  MalformedACLError(400, "The ACL that you provided was not well-formed or did not validate."),
  MalformedPolicy(400, "This policy contains invalid Json"),
  MalformedPOSTRequest(
      400, "The body of your POST request is not well-formed multipart/form-data."),
  MalformedXML(400, "The XML that you provided was not well-formed or did not validate."),
  MaxPostPreDataLengthExceeded(
      400, "Your POST request fields preceding the upload file were too large."),
  MetadataTooLarge(400, "Your metadata headers exceed the maximum allowed size of 2048 bytes."),
  MethodNotAllowed(405, "The specified method is not allowed against this resource."),
  MissingContentLength(411, "You must provide the Content-Length HTTP header."),
  NoSuchBucket(404, "The specified bucket does not exist."),
  NoSuchBucketPolicy(404, "The bucket policy does not exist"),
  NoSuchCORSConfiguration(404, "The CORS configuration does not exist"),
  NoSuchKey(404, "The specified key does not exist."),
  NoSuchLifecycleConfiguration(404, "The lifecycle configuration does not exist"),
  NoSuchPublicAccessBlockConfiguration(404, "The public access block configuration was not found"),
  NoSuchTagSet(404, "The TagSet does not exist"),
  NoSuchUpload(404, "The specified upload does not exist: it may have been aborted or completed."),
  NoSuchVersion(404, "The specified version does not exist."),
  NoSuchWebsiteConfiguration(404, "The specified bucket does not have a website configuration"),
  NotImplemented(501, "What you asked for is not implemented."),
  /** The answer 304; it has no body. */
  NotModified(304, "Not Modified"),
  /** Not an S3 code: the providers gave bytes that are not those that were stored. */
  ObjectCorrupted(500, "The object's bytes could not be recovered."),
  ObjectLockConfigurationNotFoundError(
      404, "Object Lock configuration does not exist for this bucket"),
  OwnershipControlsNotFoundError(404, "The bucket ownership controls were not found"),
  PreconditionFailed(412, "At least one of the preconditions that you specified did not hold."),
  RequestHeaderSectionTooLarge(400, "Your request line or headers are too large."),
  ReplicationConfigurationNotFoundError(404, "The replication configuration was not found"),
  RequestTimeTooSkewed(
      403, "The difference between the request time and the current time is too large."),
  /** Not an S3 code: the credits reserved for storage do not pay for this. */
  ReservationExhausted(403, "The credits reserved for storage are used up."),
  ServerSideEncryptionConfigurationNotFoundError(
      404, "The server side encryption configuration was not found"),
  ServiceUnavailable(503, "Please try again later."),
  SignatureDoesNotMatch(
      403,
      "The request signature that we calculated does not match the signature that you provided."
          + " Check your secret key and signing method."),
  UnresolvableGrantByEmailAddress(
      400, "The email address that you provided does not match any account on record."),
  XAmzContentSHA256Mismatch(
      400, "The provided 'x-amz-content-sha256' header does not match what was computed.");

  private final int status;
  private final String message;

  S3Error(int status, String message) {
    this.status = status;
    this.message = message;
  }

  int status() {
    return status;
  }

  String message() {
    return message;
  }

  S3Exception exception() {
    return new S3Exception(this, message);
  }

  S3Exception exception(String because) {
    return new S3Exception(this, because);
  }
}
