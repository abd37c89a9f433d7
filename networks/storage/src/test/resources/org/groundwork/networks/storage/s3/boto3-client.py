"""What a script does with boto3, against the endpoint in ENDPOINT."""

import io
import os

import boto3
from botocore.client import Config
from botocore.exceptions import ClientError
import urllib.request

client = boto3.client(
    "s3",
    endpoint_url=os.environ["ENDPOINT"],
    region_name="us-east-1",
    config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
)
resource = boto3.resource("s3", endpoint_url=os.environ["ENDPOINT"], region_name="us-east-1")


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as e:
        assert e.response["Error"]["Code"] == code, e.response
        return
    raise AssertionError(code + " was expected")


bucket = resource.create_bucket(Bucket="boto-bucket")
bucket.wait_until_exists()

large = os.urandom(20 * 1024 * 1024 + 5)
client.upload_fileobj(io.BytesIO(large), "boto-bucket", "large", ExtraArgs={"Metadata": {"a": "b"}})
back = io.BytesIO()
client.download_fileobj("boto-bucket", "large", back)
assert back.getvalue() == large
assert client.head_object(Bucket="boto-bucket", Key="large")["Metadata"] == {"a": "b"}



def letters(params, **_):
    params["headers"]["x-amz-meta-meta1"] = "Hello World\xe9"


# boto3 itself refuses such metadata; this is how ceph/s3-tests gets it past that.
client.meta.events.register("before-call.s3.PutObject", letters)
client.put_object(Bucket="boto-bucket", Key="letters", Body=b"x")
client.meta.events.unregister("before-call.s3.PutObject", letters)
assert client.get_object(Bucket="boto-bucket", Key="letters")["Metadata"] == {"meta1": "Hello World\xe9"}

client.copy({"Bucket": "boto-bucket", "Key": "large"}, "boto-bucket", "copy")
assert client.get_object(Bucket="boto-bucket", Key="copy", Range="bytes=-5")["Body"].read() == large[-5:]

for i in range(25):
    client.put_object(Bucket="boto-bucket", Key="many/%03d ü" % i, Body=b"x" * i)
pages = client.get_paginator("list_objects_v2").paginate(
    Bucket="boto-bucket", Prefix="many/", PaginationConfig={"PageSize": 10}
)
assert [o["Size"] for page in pages for o in page["Contents"]] == list(range(25))

client.put_object(Bucket="boto-bucket", Key="tagged", Body=b"x", Tagging="k=v&l=w")
tags = client.get_object_tagging(Bucket="boto-bucket", Key="tagged")["TagSet"]
assert tags == [{"Key": "k", "Value": "v"}, {"Key": "l", "Value": "w"}], tags
refused("NoSuchTagSet", client.get_bucket_tagging, Bucket="boto-bucket")
client.put_bucket_tagging(Bucket="boto-bucket", Tagging={"TagSet": [{"Key": "k", "Value": "v"}]})
assert client.get_bucket_tagging(Bucket="boto-bucket")["TagSet"] == [{"Key": "k", "Value": "v"}]

rule = {"AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["https://*.example"], "MaxAgeSeconds": 60}
refused("NoSuchCORSConfiguration", client.get_bucket_cors, Bucket="boto-bucket")
client.put_bucket_cors(Bucket="boto-bucket", CORSConfiguration={"CORSRules": [rule]})
assert client.get_bucket_cors(Bucket="boto-bucket")["CORSRules"] == [rule]

acl = client.get_bucket_acl(Bucket="boto-bucket")
assert acl["Grants"][0]["Permission"] == "FULL_CONTROL", acl
client.put_object_acl(Bucket="boto-bucket", Key="tagged", ACL="public-read")
grants = client.get_object_acl(Bucket="boto-bucket", Key="tagged")["Grants"]
assert any(g["Grantee"].get("URI", "").endswith("AllUsers") for g in grants), grants
with urllib.request.urlopen(os.environ["ENDPOINT"] + "/boto-bucket/tagged") as answer:
    assert answer.read() == b"x"

post = client.generate_presigned_post(
    "boto-bucket", "posted", Conditions=[["content-length-range", 1, 100]], ExpiresIn=60
)
boundary = "----of-the-form"
parts = []
for name, value in post["fields"].items():
    parts.append('--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (boundary, name, value))
parts.append(
    '--%s\r\nContent-Disposition: form-data; name="file"; filename="f.txt"\r\n'
    "Content-Type: text/plain\r\n\r\nhello form\r\n--%s--\r\n" % (boundary, boundary)
)
request = urllib.request.Request(
    post["url"],
    data="".join(parts).encode(),
    headers={"Content-Type": "multipart/form-data; boundary=" + boundary},
)
with urllib.request.urlopen(request) as answer:
    assert answer.status == 204, answer.status
assert client.get_object(Bucket="boto-bucket", Key="posted")["Body"].read() == b"hello form"

resource.BucketVersioning("boto-bucket").enable()
client.delete_object(Bucket="boto-bucket", Key="tagged")
refused("NoSuchKey", client.get_object, Bucket="boto-bucket", Key="tagged")
marker = client.list_object_versions(Bucket="boto-bucket", Prefix="tagged")["DeleteMarkers"][0]
assert marker["IsLatest"], marker
client.delete_object(Bucket="boto-bucket", Key="tagged", VersionId=marker["VersionId"])
assert client.get_object(Bucket="boto-bucket", Key="tagged")["Body"].read() == b"x"

bucket.object_versions.delete()
bucket.delete()
refused("NoSuchBucket", client.list_objects_v2, Bucket="boto-bucket")
print("all of it held", flush=True)
os._exit(0)
