using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Fakes;

/// <summary>
/// A Discord of one server with one channel, one webhook and one bot, on loopback: the HTTP API and the gateway, version 10, as far as
/// notices and labels go, with faults on demand. That it is like Discord is shown by discord.js, which works with it.
/// </summary>
public sealed class FakeDiscord : IAsyncDisposable
{
    public const string Token = "MTc1OTI4ODQ3Mjk5MTE3MDYz.fake.token-of-the-bot";
    public const string WebhookToken = "token-of-the-webhook_0123456789";
    public const string Guild = "175928847299117000";
    public const string Channel = "175928847299117001";
    public const string OtherChannel = "175928847299117002";
    public const string Webhook = "175928847299117003";
    public const string Bot = "175928847299117004";
    public const string Person = "175928847299117005";
    public const string Stranger = "175928847299117006";
    public const string Role = "175928847299117007";

    private readonly WebApplication app;
    private readonly ConcurrentQueue<SeenRequest> requests = [];
    private readonly List<(Regex Route, Fault Fault, int Left)> faults = [];
    private readonly Dictionary<string, (int Count, TimeSpan Per)> limits = [];

    private FakeDiscord(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(System.Net.IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            options.AddServerHeader = false;
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        app = builder.Build();
        Gateway = new(this);
        Http = new(this);
        app.UseWebSockets();
        app.Run(context => context.WebSockets.IsWebSocketRequest ? Gateway.ServeAsync(context) : Http.ServeAsync(context));
    }

    public FakeGateway Gateway { get; }

    public FakeMessages Messages { get; } = new();

    /// <summary>False: the Message Content Intent is off in the portal.</summary>
    public bool HasContentIntent { get; set; } = true;

    /// <summary>False: the webhook was deleted.</summary>
    public bool HasWebhook { get; set; } = true;

    /// <summary>False: the bot may not read what was written, and gets empty lists.</summary>
    public bool HasHistory { get; set; } = true;

    /// <summary>Who has which roles.</summary>
    public ConcurrentDictionary<string, string[]> Roles { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<SeenRequest> Requests => [.. requests];

    public int Port => new Uri(Address).Port;

    public string ApiUrl => $"{Address}/api/v10";

    public string WebhookUrl => $"{Address}/api/webhooks/{Webhook}/{WebhookToken}";

    internal FakeHttp Http { get; }

    private string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <param name="port">0 for any that is free.</param>
    public static async Task<FakeDiscord> StartAsync(int port = 0)
    {
        var fake = new FakeDiscord(port);
        await fake.app.StartAsync();
        return fake;
    }

    /// <summary>The next requests whose method and path match get a fault.</summary>
    public void Fail(string route, Fault fault, int times = 1)
    {
        lock (faults)
        {
            faults.Add((new(route), fault, times));
        }
    }

    /// <summary>Requests whose method and path match are counted, and refused when there are too many.</summary>
    public void Limit(string route, int count, TimeSpan per) => limits[route] = (count, per);

    /// <summary>Our own notice: what the webhook sends.</summary>
    /// <returns>Its id.</returns>
    public string PostNotice(string title = "Disc read", string footer = "disc 0001")
    {
        var message = NewMessage(Channel, Webhook, "Archive", "");
        message["webhook_id"] = Webhook;
        message["author"]!["bot"] = true;
        message["embeds"] = new JsonArray(new JsonObject { ["type"] = "rich", ["title"] = title, ["footer"] = new JsonObject { ["text"] = footer } });
        return Publish(message);
    }

    /// <summary>A person answers a message.</summary>
    /// <param name="notice">The message.</param>
    /// <param name="text">What is written.</param>
    /// <param name="author">Who writes.</param>
    /// <param name="change">What is other than usual; null for nothing.</param>
    /// <returns>Its id.</returns>
    public string PostReply(string notice, string text, string author = Person, Action<JsonObject>? change = null)
    {
        var message = NewMessage(Channel, author, author == Person ? "Maurice" : "stranger", text);
        message["type"] = 19;
        message["message_reference"] = new JsonObject { ["type"] = 0, ["message_id"] = notice, ["channel_id"] = Channel, ["guild_id"] = Guild };
        message["referenced_message"] = Messages.Find(notice);
        change?.Invoke(message);
        return Publish(message);
    }

    /// <summary>A person says something that answers nothing.</summary>
    public string PostTalk(string text) => Publish(NewMessage(Channel, Person, "Maurice", text));

    public async ValueTask DisposeAsync()
    {
        Gateway.Kill();
        await app.DisposeAsync();
    }

    internal void Note(SeenRequest request) => requests.Enqueue(request);

    internal IReadOnlyDictionary<string, (int Count, TimeSpan Per)> Limits => limits;

    internal Fault? TakeFault(string request)
    {
        lock (faults)
        {
            var index = faults.FindIndex(fault => fault.Left > 0 && fault.Route.IsMatch(request));
            if (index < 0)
            {
                return null;
            }

            faults[index] = faults[index] with { Left = faults[index].Left - 1 };
            return faults[index].Fault;
        }
    }

    internal JsonObject NewMessage(string channel, string author, string name, string content) =>
        FakeWorld.Message(Messages.NewId(), channel, author, name, content);

    /// <summary>Keeps a message and tells the gateway.</summary>
    internal string Publish(JsonObject message, string? nonce = null)
    {
        var (kept, isNew) = Messages.Add(message, nonce);
        if (isNew)
        {
            var told = (JsonObject)kept.DeepClone();
            told["guild_id"] = Guild;
            told["member"] = new JsonObject
            {
                ["roles"] = new JsonArray([.. Roles.GetValueOrDefault((string)told["author"]!["id"]!, []).Select(role => (JsonNode)role)]),
                ["joined_at"] = "2020-01-01T00:00:00.000000+00:00",
                ["deaf"] = false,
                ["mute"] = false,
                ["flags"] = 0,
            };
            Gateway.Dispatch("MESSAGE_CREATE", Shown(told));
        }

        return (string)kept["id"]!;
    }

    /// <summary>Without the intent, what others wrote is empty, over HTTP too.</summary>
    internal JsonObject Shown(JsonObject message)
    {
        if (!HasContentIntent && (string?)message["author"]!["id"] != Bot)
        {
            message["content"] = "";
            message["embeds"] = new JsonArray();
            message["attachments"] = new JsonArray();
        }

        return message;
    }
}
