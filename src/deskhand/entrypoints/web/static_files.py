"""Style, script and icons: addressed by their content, so that browsers keep them."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import FileResponse

from deskhand.entrypoints.rights import Door, open_to
from deskhand.entrypoints.web.frame import STATIC

router = APIRouter(include_in_schema=False)
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
FOR_EVER = "public, max-age=31536000, immutable"


@router.get("/static/{name}", dependencies=[open_to(Door.ANYBODY)])
def static_file(
    name: Annotated[str, Path(pattern=r"^[a-z_]+\.(?:css|js|svg)$")], v: Annotated[str, Query(max_length=20)] = ""
) -> FileResponse:
    file = STATIC / name
    if not file.is_file():
        raise HTTPException(404, "There is no such file.")
    kept = FOR_EVER if v else "public, max-age=300"
    return FileResponse(file, media_type=TYPES[name.rpartition(".")[2]], headers={"cache-control": kept})
