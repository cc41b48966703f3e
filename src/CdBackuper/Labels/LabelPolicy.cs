using CdBackuper.Notices.Discord;

namespace CdBackuper.Labels;

/// <summary>Whose replies count, and where.</summary>
/// <param name="Channel">The one channel where replies are read.</param>
/// <param name="Webhook">The webhook that sends our notices; null for any: the ledger tells what is ours.</param>
/// <param name="Users">People who may label.</param>
/// <param name="Roles">Roles that may.</param>
/// <param name="Everyone">True where everyone may who can write in the channel.</param>
internal sealed record LabelPolicy(
    Snowflake Channel, Snowflake? Webhook, IReadOnlySet<Snowflake> Users, IReadOnlySet<Snowflake> Roles, bool Everyone)
{
    /// <summary>True where nobody may: the bot reads in vain then, and says so.</summary>
    public bool IsNobody => !Everyone && Users.Count == 0 && Roles.Count == 0;

    /// <returns>True where the person's roles decide, so that they have to be asked for.</returns>
    public bool NeedsRoles(Snowflake person) => !Everyone && !Users.Contains(person) && Roles.Count > 0;

    public bool Allows(Snowflake person, IEnumerable<Snowflake> roles) => Everyone || Users.Contains(person) || roles.Any(Roles.Contains);
}
