namespace CdBackuper.Notices.Discord.Gateway;

/// <summary>What an event leads to.</summary>
/// <param name="State">What is known now.</param>
/// <param name="Actions">What to do, in order.</param>
internal sealed record GatewayStep(GatewayState State, IReadOnlyList<GatewayAction> Actions)
{
    public GatewayStep(GatewayState state, params GatewayAction[] actions)
        : this(state, (IReadOnlyList<GatewayAction>)actions)
    {
    }
}
