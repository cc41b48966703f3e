using System.Globalization;
using System.Text.Json.Nodes;
using CdBackuper.Hosting;
using CdBackuper.Notices;
using CdBackuper.Notices.Targets;
using CdBackuper.Tests.Volumes;
using Microsoft.Extensions.Time.Testing;

namespace CdBackuper.Tests.Notices;

/// <summary>What goes over the wire to targets other than Discord, compared with what independent tools send and compute.</summary>
public sealed class TargetTests
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly HashSet<NoticeKind> All = [.. KindWords.Choices];
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_webhook_gets_the_document_and_its_signature_is_what_openssl_computes()
    {
        Tool.Require("openssl");
        await using var server = await LoopbackServer.StartAsync();
        using var target = new WebhookTarget(new(new(server.Address, "in"), new Secret("a key"), AsCloudEvent: false, All), Clock);

        Assert.IsType<Delivery.Done>(await target.SendAsync(new(Samples.Damaged), Never));

        var request = Assert.Single(server.Requests);
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["signed"], [.. System.Text.Encoding.ASCII.GetBytes($"{Clock.GetUtcNow().ToUnixTimeSeconds()}."), .. request.Bytes]);
        var sum = Tool.Run("openssl", "dgst", "-sha256", "-hmac", "a key", "-r", folder["signed"]).Split(' ')[0];
        Assert.Equal($"t={Clock.GetUtcNow().ToUnixTimeSeconds()},v1={sum}", request.Headers["X-CdBackuper-Signature"]);
        Assert.Equal((Samples.Damaged.Id, "application/json; charset=utf-8"), (request.Headers["X-CdBackuper-Notice"], request.Headers["Content-Type"]));
        var document = JsonNode.Parse(request.Text)!;
        Assert.Equal(("damaged", "warning", "0142", 1), (
            (string?)document["kind"], (string?)document["severity"], (string?)document["disc"]!["number"], (int)document["schema"]!));
        Assert.Equal("Disc 0142 SUMMER_2003: damaged", (string?)document["title"]);
        Assert.Equal((200.0, 99.98, 14, 2), (
            (double)document["durationSeconds"]!, (double)document["percent"]!, (int)document["unreadSectors"]!, (int)document["attempt"]!));
        Assert.Equal("lost", (string?)document["worst"]![0]!["condition"]);
    }

    [Fact]
    public void A_cloud_event_has_what_the_specification_requires()
    {
        var cloudEvent = JsonNode.Parse(WebhookTarget.Body(Samples.Damaged with { Node = "my desk" }, asCloudEvent: true))!;
        Assert.Equal(("1.0", Samples.Damaged.Id, "/cdbackuper/my%20desk", "cdbackuper.disc.damaged", "0142", "application/json"), (
            (string?)cloudEvent["specversion"], (string?)cloudEvent["id"], (string?)cloudEvent["source"], (string?)cloudEvent["type"],
            (string?)cloudEvent["subject"], (string?)cloudEvent["datacontenttype"]));
        Assert.Equal(Samples.Damaged.Time, DateTimeOffset.Parse((string)cloudEvent["time"]!, CultureInfo.InvariantCulture));
        Assert.Equal("damaged", (string?)cloudEvent["data"]!["kind"]);
    }

    [Fact]
    public async Task Ntfy_gets_what_apprise_sends_it()
    {
        Tool.Require("apprise");
        await using var server = await LoopbackServer.StartAsync();
        Tool.Run("apprise", "-t", "A title", "-b", "a body", $"ntfy://{server.Address.Authority}/my-topic?mode=private&priority=high");
        using var target = new NtfyTarget(new(server.Address, "my-topic", null, All));

        Assert.IsType<Delivery.Done>(await target.SendAsync(new(Samples.Damaged), Never));

        var (theirs, ours) = (server.Requests.First(), server.Requests.Last());
        Assert.Equal((theirs.Method, theirs.Path), (ours.Method, ours.Path));
        var (expected, body) = (JsonNode.Parse(theirs.Text)!.AsObject(), JsonNode.Parse(ours.Text)!.AsObject());
        Assert.Equal((string?)expected["topic"], (string?)body["topic"]);
        Assert.All(new[] { "topic", "title", "message" }, key => Assert.Equal(expected[key]!.GetValueKind(), body[key]!.GetValueKind()));
        Assert.Equal(4, (int)body["priority"]!);
        Assert.Contains("Next: Write 0142 on it.", (string?)body["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tk_abc", "Bearer tk_abc")]
    [InlineData("me:secret", "Basic bWU6c2VjcmV0")]
    public async Task Ntfy_gets_a_token_or_a_name_with_password(string token, string header)
    {
        await using var server = await LoopbackServer.StartAsync();
        using var target = new NtfyTarget(new(server.Address, "t", new Secret(token), All));
        await target.SendAsync(new(Samples.Damaged), Never);
        Assert.Equal(header, server.Requests.Single().Headers["Authorization"]);
    }

    [Fact]
    public async Task A_server_that_repeats_what_it_got_tells_no_secret()
    {
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = (request, context) => LoopbackServer.Say(
            context, 404, $"Cannot POST {request.Path} {Uri.UnescapeDataString(request.Path)} {string.Join(' ', request.Headers.Values)} {request.Text}");
        using var webhook = new WebhookTarget(new(new(server.Address, "in/s%C3%A9cret-path?key=secret-key"), new Secret("a-long-secret"), AsCloudEvent: false, All), Clock);
        using var ntfy = new NtfyTarget(new(server.Address, "my-secret-topic", new Secret("me:my-password"), All));
        using var apprise = new AppriseTarget(new(new(server.Address, "notify/secret-of-apprise"), null, All));

        foreach (var target in new INoticeTarget[] { webhook, ntfy, apprise })
        {
            var answer = Assert.IsType<Delivery.Broken>(await target.SendAsync(new(Samples.Damaged), Never)).Answer;
            Assert.StartsWith("404", answer, StringComparison.Ordinal);
            Assert.All(
                ["secret", "cret-path", "my-password", "bWU6bXktcGFzc3dvcmQ"],
                secret => Assert.DoesNotContain(secret, answer, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_long_notice_stays_a_message_for_ntfy()
    {
        await using var server = await LoopbackServer.StartAsync();
        using var target = new NtfyTarget(new(server.Address, "t", null, All));
        var path = new string('ß', 2000);
        await target.SendAsync(new(Samples.Damaged with { Worst = [new(path, 0, 1, 1), new(path, 0, 1, 1)] }), Never);
        var message = (string)JsonNode.Parse(server.Requests.Single().Text)!["message"]!;
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(message), 100, 4096);
    }

    [Fact]
    public async Task An_Apprise_server_gets_what_apprise_sends_it()
    {
        Tool.Require("apprise");
        await using var server = await LoopbackServer.StartAsync();
        Tool.Run("apprise", "-n", "warning", "-t", "A title", "-b", "a body", $"apprise://{server.Address.Authority}/my-key?tags=family");
        using var target = new AppriseTarget(new(new(server.Address, "notify/my-key"), "family", All));

        Assert.IsType<Delivery.Done>(await target.SendAsync(new(Samples.Damaged), Never));

        var (theirs, ours) = (server.Requests.First(), server.Requests.Last());
        Assert.Equal((theirs.Method, theirs.Path.TrimEnd('/')), (ours.Method, ours.Path.TrimEnd('/')));
        var body = JsonNode.Parse(ours.Text)!.AsObject();
        Assert.Equal(("warning", "text", "family"), ((string?)body["type"], (string?)body["format"], (string?)body["tag"]));
        var expected = theirs.Headers["Content-Type"].Contains("json", StringComparison.Ordinal) ? JsonNode.Parse(theirs.Text)!.AsObject() : null;
        Assert.All(expected is null ? [] : new[] { "title", "body", "type" }, key => Assert.Equal(expected![key]!.GetValueKind(), body[key]!.GetValueKind()));
        Assert.All(new[] { "A title", "a body", "warning" }, word => Assert.Contains(word, theirs.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_Apprise_server_of_whose_services_one_failed_is_tried_again_some_times()
    {
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = (_, context) => LoopbackServer.Say(context, 424, """{"error":"one failed"}""");
        using var target = new AppriseTarget(new(new(server.Address, "notify/k"), null, All));
        Assert.IsType<Delivery.Failed>(await target.SendAsync(new(Samples.Damaged), Never));
        server.Answer = (_, context) => LoopbackServer.Say(context, 204, "");
        Assert.IsType<Delivery.Broken>(await target.SendAsync(new(Samples.Damaged), Never));
    }

    [Theory]
    [InlineData(200, typeof(Delivery.Done))]
    [InlineData(202, typeof(Delivery.Done))]
    [InlineData(302, typeof(Delivery.Refused))]
    [InlineData(400, typeof(Delivery.Refused))]
    [InlineData(401, typeof(Delivery.Broken))]
    [InlineData(403, typeof(Delivery.Broken))]
    [InlineData(404, typeof(Delivery.Broken))]
    [InlineData(408, typeof(Delivery.Later))]
    [InlineData(410, typeof(Delivery.Broken))]
    [InlineData(413, typeof(Delivery.Refused))]
    [InlineData(429, typeof(Delivery.Later))]
    [InlineData(500, typeof(Delivery.Later))]
    [InlineData(503, typeof(Delivery.Later))]
    public async Task What_a_status_means_and_no_redirect_is_followed(int status, Type meaning)
    {
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = (_, context) => LoopbackServer.Say(context, status, "{}", ("Location", "/elsewhere"));
        using var target = new WebhookTarget(new(server.Address, null, AsCloudEvent: false, All), Clock);
        Assert.IsType(meaning, await target.SendAsync(new(Samples.Damaged), Never));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_answer_whose_body_never_comes_is_an_answer()
    {
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = async (_, context) =>
        {
            await context.Response.Body.FlushAsync();
            await LoopbackServer.Hang(context);
        };
        using var target = new WebhookTarget(new(server.Address, null, AsCloudEvent: false, All), Clock, limit: TimeSpan.FromMilliseconds(500));
        Assert.IsType<Delivery.Done>(await target.SendAsync(new(Samples.Damaged), Never));
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        await using var server = await LoopbackServer.StartAsync();
        server.Answer = async (_, context) =>
        {
            var bytes = new byte[1 << 16];
            Array.Fill(bytes, (byte)'x');
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
            }
        };
        using var target = new WebhookTarget(new(server.Address, null, AsCloudEvent: false, All), Clock);
        var done = Assert.IsType<Delivery.Done>(await target.SendAsync(new(Samples.Damaged), Never));
        Assert.InRange(done.Answer.Length, 100, 300);
    }
}
