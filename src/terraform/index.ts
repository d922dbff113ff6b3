export { type PlanOptions, planInventory } from "./inventory";
