using CdBackuper.Archive.Store;
using CdBackuper.Commands;
using CdBackuper.Drives;
using CdBackuper.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CdBackuper.Web;

/// <summary>What is answered over HTTP. Health is the process's alone: neither a drive nor the archive is asked for it.</summary>
internal sealed class Endpoints(DriveBoard board, ArchiveSurvey survey, ArchiveRoot archive, Settings settings)
{
    /// <param name="routes">Where the paths are added.</param>
    /// <param name="isReady">Whether the program is not about to end.</param>
    public void Map(IEndpointRouteBuilder routes, Func<bool> isReady)
    {
        routes.MapGet("/healthz", () => TypedResults.Ok(HealthDocument.Of(survey.Last?.Outbox))).ExcludeFromDescription();
        routes.MapGet("/readyz", () => isReady()
            ? TypedResults.Text("ready\n")
            : TypedResults.Text("not ready: stopping\n", statusCode: StatusCodes.Status503ServiceUnavailable)).ExcludeFromDescription();
        routes.MapGet("/api/drives", Drives)
            .WithName("listDrives").WithSummary("The drives of this process, and what each is about.");
        routes.MapGet("/api/discs", DiscsAsync)
            .WithName("listDiscs").WithSummary("All discs of the archive by number, without their files.")
            .Produces<ErrorDocument>(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/api/discs/{disc}", DiscAsync)
            .WithName("getDisc").WithSummary("One disc, by its number or folder, with its files, damaged ones first.")
            .Produces<ErrorDocument>(StatusCodes.Status404NotFound).Produces<ErrorDocument>(StatusCodes.Status503ServiceUnavailable);
        routes.MapFallback("{*path}", () => TypedResults.Json(
            new ErrorDocument(new("There is nothing at this path.", "/openapi.json describes all that is.")), statusCode: StatusCodes.Status404NotFound)).ExcludeFromDescription();
    }

    private Ok<IReadOnlyList<DriveDocument>> Drives() =>
        TypedResults.Ok<IReadOnlyList<DriveDocument>>([.. board.Cards.Select(card => DriveDocument.Of(card, settings.NodeName))]);

    private async Task<Results<Ok<IReadOnlyList<DiscDocument>>, JsonHttpResult<ErrorDocument>>> DiscsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var view = await survey.LookAsync(cancellationToken);
            return view.Problem is { } problem ? Away(problem) : TypedResults.Ok(view.Discs);
        }
        catch (TimeoutException)
        {
            // The NAS hangs: the one thread that looks at it waits, and nobody else does.
            return Away($"The archive {archive.Path} does not answer.");
        }
    }

    private async Task<Results<Ok<DiscDocument>, JsonHttpResult<ErrorDocument>>> DiscAsync(string disc, CancellationToken cancellationToken)
    {
        try
        {
            var view = await survey.LookAsync(cancellationToken);
            if (view.Problem is { } problem)
            {
                return Away(problem);
            }

            // Never a path from outside: only the name of a folder that the archive listed.
            var known = view.Discs.FirstOrDefault(each => each.Folder == disc || (each.Number.Length > 0 && each.Number == disc.PadLeft(each.Number.Length, '0')));
            return known is null
                ? TypedResults.Json(
                    new ErrorDocument(new($"The archive has no disc {disc}.", "/api/discs lists all.")), statusCode: StatusCodes.Status404NotFound)
                : TypedResults.Ok(await Task.Run(() => DiscDocument.Of(archive.Disc(known.Folder), withFiles: true), cancellationToken)
                    .WaitAsync(ArchiveSurvey.Patience, cancellationToken));
        }
        catch (Exception fault) when (fault is TimeoutException or IOException or UnauthorizedAccessException)
        {
            return Away($"The archive {archive.Path} does not answer: {fault.Message}");
        }
    }

    private static JsonHttpResult<ErrorDocument> Away(string problem) => TypedResults.Json(
        new ErrorDocument(new(problem, "Look at the NAS and its mount; discs in work wait for it.")), statusCode: StatusCodes.Status503ServiceUnavailable);
}
