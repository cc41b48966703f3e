using System.Text.Json;
using CdBackuper.Notices.Discord.Gateway;
using CsCheck;

namespace CdBackuper.Tests.Discord.Gateway;

/// <summary>The gateway's decisions as tables: no socket, no clock.</summary>
public sealed class GatewayCoreTests
{
    private static readonly GatewayTimes Times = new();
    private static readonly GatewayCore Core = new("token", Times, () => 0.5);

    private static readonly GatewayState Online = new()
    {
        Phase = GatewayPhase.Online,
        Session = new("session", "wss://resume"),
        Sequence = 7,
        LastIdentify = TimeSpan.Zero,
    };

    [Fact]
    public void The_first_connection_logs_in_after_the_hello()
    {
        var (state, actions) = Run(new(), new GatewayEvent.Start(), new GatewayEvent.Opened(), Hello());

        Assert.Equal(GatewayPhase.Identifying, state.Phase);
        var send = Assert.IsType<GatewayAction.Send>(actions[^1]);
        Assert.Equal("""{"op":2,"d":{"token":"token","intents":33281,"properties":{"os":"linux","browser":"cdbackuper","device":"cdbackuper"}}}""", send.Frame.ToJsonString());
        Assert.Contains(new GatewayAction.Connect(null, TimeSpan.Zero), actions);
        Assert.Contains(new GatewayAction.AwaitHello(TimeSpan.FromSeconds(20)), actions);
        Assert.Contains(new GatewayAction.StartBeats(TimeSpan.FromMilliseconds(20_000), TimeSpan.FromMilliseconds(40_000)), actions);
    }

    [Fact]
    public void READY_makes_a_session_that_is_resumed_with_the_last_number()
    {
        var (state, _) = Run(
            new() { Phase = GatewayPhase.Identifying },
            Frame(0, """{"session_id":"abc","resume_gateway_url":"wss://again","application":{"flags":524288}}""", 1, "READY"),
            Frame(0, "{}", 42, "MESSAGE_CREATE"),
            new GatewayEvent.Closed(null),
            new GatewayEvent.Opened(),
            Hello());

        var resume = Core.Next(state with { Phase = GatewayPhase.AwaitingHello }, Hello(), TimeSpan.Zero).Actions[^1];
        Assert.Equal("""{"op":6,"d":{"token":"token","session_id":"abc","seq":42}}""", ((GatewayAction.Send)resume).Frame.ToJsonString());
        Assert.Equal(GatewayPhase.Resuming, state.Phase);
    }

    [Fact]
    public void A_beat_without_an_answer_by_the_next_one_leaves_the_connection()
    {
        var first = Core.Next(Online, new GatewayEvent.BeatDue(), TimeSpan.Zero);
        Assert.Equal("""{"op":1,"d":7}""", ((GatewayAction.Send)first.Actions[0]).Frame.ToJsonString());

        var second = Core.Next(first.State, new GatewayEvent.BeatDue(), TimeSpan.Zero);

        Assert.Equal([new GatewayAction.Close(4000), new GatewayAction.Connect("wss://resume", Times.Resume)], second.Actions);
        Assert.False(Core.Next(first.State, Frame(11, "null"), TimeSpan.Zero).State.AwaitsAck);
    }

    [Theory]
    [InlineData(4004)]
    [InlineData(4010)]
    [InlineData(4011)]
    [InlineData(4012)]
    [InlineData(4013)]
    [InlineData(4014)]
    public void Some_codes_end_it_for_good(int code) =>
        Assert.IsType<GatewayAction.Stop>(Assert.Single(Core.Next(Online, new GatewayEvent.Closed(code), TimeSpan.Zero).Actions));

    [Theory]
    [InlineData(null)]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1006)]
    [InlineData(4000)]
    [InlineData(4001)]
    [InlineData(4002)]
    [InlineData(4008)]
    [InlineData(4999)]
    public void After_most_codes_the_session_is_resumed(int? code)
    {
        var connect = Assert.IsType<GatewayAction.Connect>(Assert.Single(Core.Next(Online, new GatewayEvent.Closed(code), TimeSpan.Zero).Actions));

        Assert.Equal(("wss://resume", code == 4008 ? Times.TooMuch : Times.Resume), (connect.Url, connect.Wait));
    }

    [Theory]
    [InlineData(4003)]
    [InlineData(4005)]
    [InlineData(4007)]
    [InlineData(4009)]
    public void After_some_it_is_forgotten_and_no_login_comes_sooner_than_six_seconds_after_the_last(int code)
    {
        var step = Core.Next(Online, new GatewayEvent.Closed(code), TimeSpan.FromSeconds(2));

        Assert.Equal(new GatewayAction.Connect(null, TimeSpan.FromSeconds(4)), Assert.Single(step.Actions));
        Assert.Null(step.State.Session);
        Assert.Null(step.State.Sequence);
    }

    [Fact]
    public void Three_resumes_in_vain_are_followed_by_a_login()
    {
        var state = Online;
        var urls = new List<string?>();
        for (var count = 0; count < 4; count++)
        {
            var step = Core.Next(state, new GatewayEvent.Closed(4000), TimeSpan.FromHours(1));
            urls.Add(((GatewayAction.Connect)step.Actions[^1]).Url);
            state = step.State with { Phase = GatewayPhase.Resuming };
        }

        Assert.Equal(["wss://resume", "wss://resume", "wss://resume", null], urls);
    }

    [Fact]
    public void An_address_that_can_not_be_reached_is_given_up_for_the_usual_one() =>
        Assert.Null(((GatewayAction.Connect)Core.Next(Online with { Phase = GatewayPhase.Offline }, new GatewayEvent.OpenFailed(), TimeSpan.FromHours(1)).Actions[^1]).Url);

    [Fact]
    public void Tries_in_vain_come_ever_more_rarely_up_to_ten_minutes()
    {
        var (state, waits) = (new GatewayState(), new List<double>());
        for (var count = 0; count < 10; count++)
        {
            var step = Core.Next(state, new GatewayEvent.OpenFailed(), TimeSpan.FromHours(1));
            waits.Add(((GatewayAction.Connect)step.Actions[^1]).Wait.TotalSeconds);
            state = step.State;
        }

        Assert.Equal([6, 12, 24, 48, 96, 192, 384, 600, 600, 600], waits);
    }

    [Fact]
    public void A_late_hello_matters_only_while_it_is_waited_for()
    {
        Assert.Empty(Core.Next(Online, new GatewayEvent.HelloLate(), TimeSpan.Zero).Actions);
        Assert.Equal(2, Core.Next(new() { Phase = GatewayPhase.AwaitingHello }, new GatewayEvent.HelloLate(), TimeSpan.Zero).Actions.Count);
    }

    [Fact]
    public void Whatever_comes_logins_are_six_seconds_apart_and_frames_short() =>
        (from events in Gen.Int[0, 13].Array[0, 60] select events).Sample(numbers =>
        {
            var (state, at, logins) = (new GatewayState(), TimeSpan.Zero, new List<TimeSpan>());
            foreach (var number in numbers)
            {
                var step = Core.Next(state, Any(number), at);
                state = step.State;
                foreach (var action in step.Actions)
                {
                    if (action is GatewayAction.Connect connect)
                    {
                        at += connect.Wait;
                    }
                    else if (action is GatewayAction.Send send)
                    {
                        Assert.True(send.Frame.ToJsonString().Length < 4096);
                        if ((int)send.Frame["op"]! == 2)
                        {
                            logins.Add(at);
                        }
                    }
                    else if (action is GatewayAction.Stop)
                    {
                        return;
                    }
                }
            }

            Assert.All(logins.Skip(1).Zip(logins), pair => Assert.True(pair.First - pair.Second >= TimeSpan.FromSeconds(6)));
        });

    private static GatewayEvent Any(int number) => number switch
    {
        0 or 1 => new GatewayEvent.Opened(),
        2 or 3 => Hello(),
        4 => Frame(0, """{"session_id":"abc","resume_gateway_url":"wss://again"}""", 1, "READY"),
        5 => Frame(0, "{}", 2, "RESUMED"),
        6 => Frame(7, "null"),
        7 => Frame(9, "false"),
        8 => Frame(9, "true"),
        9 => new GatewayEvent.BeatDue(),
        10 => new GatewayEvent.Closed(4009),
        11 => new GatewayEvent.Closed(null),
        12 => new GatewayEvent.OpenFailed(),
        _ => Frame(11, "null"),
    };

    private static GatewayEvent.Frame Hello() => Frame(10, """{"heartbeat_interval":40000}""");

    private static GatewayEvent.Frame Frame(int op, string body, long? sequence = null, string? name = null) =>
        new(op, JsonDocument.Parse(body).RootElement, sequence, name);

    private static (GatewayState State, IReadOnlyList<GatewayAction> Actions) Run(GatewayState state, params GatewayEvent[] events)
    {
        var actions = new List<GatewayAction>();
        foreach (var happened in events)
        {
            var step = Core.Next(state, happened, TimeSpan.FromHours(1));
            state = step.State;
            actions.AddRange(step.Actions);
        }

        return (state, actions);
    }
}
