using CdBackuper.Fakes;
using CdBackuper.Notices.Discord;
using CdBackuper.Tests.Discord.Kit;

namespace CdBackuper.Tests.Discord;

/// <summary>C: the webhook, and all that its server may answer.</summary>
public sealed class WebhookTests
{
    private static readonly HttpPatience Patience = new()
    {
        FirstPause = TimeSpan.FromMilliseconds(10),
        Answer = TimeSpan.FromSeconds(1),
        TotalWait = TimeSpan.FromSeconds(5),
    };

    private static readonly WebhookMessage Hello = new()
    {
        Embeds = [new() { Title = "Disc read", Color = 0x2ECC71, Fields = [new("Files", "10 perfect")], Footer = "disc 0001" }],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_with_a_picture_arrives_whole()
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        var message = Hello with
        {
            Username = "Archive · sr0",
            IsSilent = true,
            Embeds = [Hello.Embeds[0] with { PictureName = "map.png" }],
            Pictures = [new("map.png", new byte[] { 1, 2, 3 }, "Damage map")],
        };

        var sent = Assert.IsType<DiscordAnswer.Sent>(await Webhook(discord, http).SendAsync(message, Token));

        var request = Assert.Single(discord.Requests);
        Assert.Equal(("POST", "?wait=true", (string?)null), (request.Method, request.Query, request.Authorization));
        Assert.StartsWith("DiscordBot (", request.UserAgent, StringComparison.Ordinal);
        Assert.StartsWith("multipart/form-data", request.ContentType, StringComparison.Ordinal);
        Assert.Equal(("files[0]", "map.png", "010203"), (request.Files[0].Part, request.Files[0].Name, Convert.ToHexString(request.Files[0].Bytes)));
        Assert.Equal("""[{"id":"0","filename":"map.png","description":"Damage map"}]""", request.Body!["attachments"]!.ToJsonString());
        Assert.Equal("attachment://map.png", (string?)request.Body["embeds"]![0]!["image"]!["url"]);
        Assert.Equal(4096, (int)request.Body["flags"]!);
        Assert.Equal(FakeDiscord.Channel, sent.Channel.ToString());
        Assert.NotNull(discord.Messages.Find(sent.Message.ToString()));
    }

    [Fact]
    public async Task An_edit_keeps_the_picture_unless_there_is_a_new_one()
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        var webhook = Webhook(discord, http);
        var sent = (DiscordAnswer.Sent)await webhook.SendAsync(Hello with { Pictures = [new("map.png", new byte[] { 1 })] }, Token);

        Assert.IsType<DiscordAnswer.Sent>(await webhook.EditAsync(sent.Message, new() { Content = "done" }, Token));
        var kept = discord.Messages.Find(sent.Message.ToString())!;
        Assert.IsType<DiscordAnswer.Sent>(await webhook.EditAsync(sent.Message, Hello with { Pictures = [new("new.png", new byte[] { 2 })] }, Token));
        var replaced = discord.Messages.Find(sent.Message.ToString())!;

        Assert.Equal(("done", 0, "map.png"), ((string)kept["content"]!, kept["embeds"]!.AsArray().Count, (string)kept["attachments"]![0]!["filename"]!));
        Assert.Equal(("", "new.png"), ((string)replaced["content"]!, (string)Assert.Single(replaced["attachments"]!.AsArray())!["filename"]!));
    }

    [Fact]
    public async Task It_says_where_its_messages_go()
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);

        var found = Assert.IsType<DiscordAnswer.Found>(await Webhook(discord, http).GetAsync(Token));

        Assert.Equal((FakeDiscord.Channel, FakeDiscord.Guild), (found.Channel.ToString(), found.Guild.ToString()));
    }

    [Theory]
    [InlineData(429, 0.05)]
    [InlineData(-429, 0.05)]
    [InlineData(500, 0)]
    [InlineData(502, 0)]
    [InlineData(503, 0)]
    public async Task C_what_passes_is_tried_again_at_once_and_arrives_once(int status, double seconds)
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        discord.Fail("POST", Math.Abs(status) == 429 ? Fault.TooMany(seconds, isGlobal: status < 0) : Fault.Page(status), times: 2);

        Assert.IsType<DiscordAnswer.Sent>(await Webhook(discord, http).SendAsync(Hello, Token));

        Assert.Equal(3, discord.Requests.Count);
        Assert.Single(discord.Messages.All);
    }

    [Fact]
    public async Task C_cloudflares_page_has_its_wait_in_the_header_alone()
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        discord.Fail("POST", Fault.CloudflarePage(1));
        var begin = TimeProvider.System.GetTimestamp();

        Assert.IsType<DiscordAnswer.Sent>(await Webhook(discord, http).SendAsync(Hello, Token));

        Assert.True(TimeProvider.System.GetElapsedTime(begin) >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task C_a_long_wait_is_left_to_whoever_keeps_the_message()
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        discord.Fail("POST", Fault.TooMany(600, isGlobal: false));
        var webhook = Webhook(discord, http);

        var later = Assert.IsType<DiscordAnswer.RetryLater>(await webhook.SendAsync(Hello, Token));
        var again = Assert.IsType<DiscordAnswer.RetryLater>(await webhook.SendAsync(Hello, Token));

        Assert.True(later.After >= TimeSpan.FromSeconds(600) && !later.MayHaveArrived);
        Assert.True(again.After > TimeSpan.FromSeconds(500));
        Assert.Single(discord.Requests);
    }

    [Fact]
    public async Task C_five_tries_are_enough()
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        discord.Fail("POST", Fault.Page(503), times: 100);

        var later = Assert.IsType<DiscordAnswer.RetryLater>(await Webhook(discord, http).SendAsync(Hello, Token));

        Assert.Equal(5, discord.Requests.Count);
        Assert.False(later.MayHaveArrived);
    }

    [Fact]
    public async Task C_a_server_that_hangs_and_one_that_breaks_off_may_have_taken_the_message()
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        discord.Fail("POST", Fault.Hang);
        discord.Fail("POST", Fault.LoseAnswer);
        var webhook = Webhook(discord, http);

        Assert.True(Assert.IsType<DiscordAnswer.RetryLater>(await webhook.SendAsync(Hello, Token)).MayHaveArrived);
        Assert.True(Assert.IsType<DiscordAnswer.RetryLater>(await webhook.SendAsync(Hello, Token)).MayHaveArrived);

        Assert.Single(discord.Messages.All);
    }

    [Fact]
    public async Task C_where_nobody_listens_nothing_has_arrived()
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        var webhook = Webhook(discord, http);
        await discord.DisposeAsync();

        var later = Assert.IsType<DiscordAnswer.RetryLater>(await webhook.SendAsync(Hello, Token));

        Assert.False(later.MayHaveArrived);
        Assert.DoesNotContain(FakeDiscord.WebhookToken, later.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, 10015)]
    [InlineData(401, 50027)]
    public async Task C_a_webhook_that_is_no_more_is_not_asked_again_and_its_secret_not_told(int status, int code)
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        discord.Fail("POST", Fault.Json(status, code, "Unknown"));

        var broken = Assert.IsType<DiscordAnswer.Broken>(await Webhook(discord, http).SendAsync(Hello, Token));

        Assert.Single(discord.Requests);
        Assert.Contains(FakeDiscord.Webhook, broken.Reason, StringComparison.Ordinal);
        Assert.Contains("DISCORD_WEBHOOK_URL", broken.Next, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeDiscord.WebhookToken, broken.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, 50035)]
    [InlineData(403, 50013)]
    public async Task C_what_Discord_refuses_is_not_sent_again_and_told_in_its_words(int status, int code)
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        discord.Fail("POST", Fault.Json(status, code, "Invalid Form Body"));

        var refused = Assert.IsType<DiscordAnswer.Refused>(await Webhook(discord, http).SendAsync(Hello, Token));

        Assert.Single(discord.Requests);
        Assert.Equal($"HTTP {status}, error {code}: Invalid Form Body", refused.Reason);
    }

    [Fact]
    public async Task C_a_redirect_is_not_followed()
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        discord.Fail("POST", Fault.Redirect($"{discord.ApiUrl}/users/@me"));

        Assert.IsType<DiscordAnswer.RetryLater>(await Webhook(discord, http).SendAsync(Hello, Token));

        Assert.Single(discord.Requests);
    }

    [Fact]
    public async Task C_a_page_that_is_not_Discords_refuses_nothing()
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        discord.Fail("POST", Fault.Page(403));

        var answer = Assert.IsType<DiscordAnswer.RetryLater>(await Webhook(discord, http).SendAsync(Hello, Token));

        Assert.False(answer.MayHaveArrived);
        Assert.Contains("not Discord's", answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(413, 40005)]
    [InlineData(400, 40005)]
    public async Task C_a_picture_that_is_too_large_is_left_out(int status, int code)
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        discord.Fail("POST", Fault.Json(status, code, "Request entity too large"));

        Assert.IsType<DiscordAnswer.Sent>(await Webhook(discord, http).SendAsync(Hello with { Pictures = [new("map.png", new byte[] { 1 })] }, Token));

        Assert.Empty(Assert.Single(discord.Messages.All)["attachments"]!.AsArray());
    }

    [Theory]
    [InlineData(404, 10008)]
    [InlineData(400, 30046)]
    [InlineData(429, 30046)]
    public async Task C_a_message_that_can_no_longer_be_edited_is_left_alone(int status, int code)
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        discord.Fail("PATCH", Fault.Json(status, code, "no more edits"));

        Assert.IsType<DiscordAnswer.Gone>(await Webhook(discord, http).EditAsync(new(5), Hello, Token));

        Assert.Single(discord.Requests);
    }

    [Fact]
    public async Task Limits_that_Discord_names_are_kept_without_a_refusal()
    {
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        discord.Limit("^POST webhooks", 3, TimeSpan.FromMilliseconds(200));
        var webhook = Webhook(discord, http);

        foreach (var _ in Enumerable.Range(0, 10))
        {
            Assert.IsType<DiscordAnswer.Sent>(await webhook.SendAsync(Hello, Token));
        }

        Assert.Equal(10, discord.Requests.Count);
    }

    [Fact]
    public async Task A_every_request_that_was_made_is_one_of_Discords()
    {
        var schema = DiscordSchema.Open();
        await using var discord = await FakeDiscord.StartAsync();
        using var http = Http(discord);
        var webhook = Webhook(discord, http);
        await webhook.GetAsync(Token);
        var sent = (DiscordAnswer.Sent)await webhook.SendAsync(Hello, Token);
        await webhook.EditAsync(sent.Message, Hello, Token);

        Assert.Equal(3, discord.Requests.Count);
        Assert.Empty(discord.Requests.SelectMany(schema.Problems));
    }

    private static DiscordHttp Http(FakeDiscord discord) => new(new(discord.ApiUrl), token: null, Patience, TimeProvider.System);

    private static DiscordWebhook Webhook(FakeDiscord discord, DiscordHttp http) =>
        new(WebhookAddress.Parse(discord.WebhookUrl, new(discord.ApiUrl), out _)!, http);
}
