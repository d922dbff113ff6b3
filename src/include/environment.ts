export { environment as environmentOfIncludes } from "./outside";
